import { ScimError } from '@scimkit/core/schema'
import type { StoreContext, StoredResource } from '@scimkit/server-kit'
import { toSqlText } from '../documents/sql-text.js'
import { checkGeneration, type ServedType } from '../indexes/served-type.js'
import { writeValues } from '../indexes/write-values.js'
import type { Transaction } from '../sqlite/sql-session.js'
import { deleteMembershipsOfGroup } from '../sqlite/statements/memberships.js'
import {
  deleteRow,
  findDocument,
  findScopedRow,
  insertRow,
  type ScopedRow,
  updateRow,
} from '../sqlite/statements/resources.js'
import { addToTotal, requireScope } from '../sqlite/statements/scopes.js'
import { recordChange } from './record-change.js'

/** A write of the store port. */
export interface ResourceWrite {
  readonly transaction: Transaction
  /** Tenant and resource type. */
  readonly context: StoreContext
  /** What the store knows of the resource type. */
  readonly type: ServedType
}

/** Adds a resource. @throws {ScimError} 409 `uniqueness`. */
export function createResource(write: ResourceWrite, resource: StoredResource): void {
  const { transaction, context, type } = write
  const { connection } = transaction
  checkGeneration(connection, type)
  const scope = requireScope(connection, context)
  if (findDocument(connection, scope.scope, resource.id) !== undefined) {
    throw new ScimError(409, 'id has a value that another resource already has', { scimType: 'uniqueness' })
  }
  const row = insertRow(connection, scope.scope, resource)
  const owner = { scope: scope.scope, resource: row, id: toSqlText(resource.id) }
  writeValues(connection, owner, { attributes: type.attributes, after: resource })
  addToTotal(connection, scope.scope, 1)
  const { version, lastModified: at } = resource.meta
  recordChange(transaction, scope, { ...changeOf(write, resource), kind: 'create', version, at })
}

/**
 * Writes the next state of a resource.
 *
 * @throws {ScimError} 409 `uniqueness`; 412 when the resource was changed or deleted since it was read.
 */
export function replaceResource(
  write: ResourceWrite,
  { current, next }: { readonly current: StoredResource; readonly next: StoredResource },
): void {
  const { transaction, type } = write
  const { connection } = transaction
  const row = requireCurrent(write, current)
  writeValues(connection, row, { attributes: type.attributes, before: JSON.parse(row.document), after: next })
  if (!updateRow(connection, row, next)) throw changedMeanwhile()
  const { version, lastModified: at } = next.meta
  recordChange(transaction, row, { ...changeOf(write, current), kind: 'replace', version, at })
}

/**
 * Deletes a resource; of a group, its memberships as well.
 *
 * @throws {ScimError} 412 when the resource was changed or deleted since it was read.
 */
export function deleteResource(
  write: ResourceWrite,
  { current, at }: { readonly current: StoredResource; readonly at: string },
): void {
  const { transaction, type } = write
  const { connection } = transaction
  const row = requireCurrent(write, current)
  writeValues(connection, row, { attributes: type.attributes, before: JSON.parse(row.document) })
  deleteMembershipsOfGroup(connection, row.resource)
  deleteRow(connection, row.resource)
  addToTotal(connection, row.scope, -1)
  recordChange(transaction, row, { ...changeOf(write, current), kind: 'delete', version: String(row.version), at })
}

/** Builds the error of a write that lost a race. */
export function changedMeanwhile(): ScimError {
  return new ScimError(412, 'The resource has changed in the meantime; read it again')
}

function requireCurrent({ transaction, context, type }: ResourceWrite, current: StoredResource): ScopedRow {
  checkGeneration(transaction.connection, type)
  const row = findScopedRow(transaction.connection, context, current.id)
  if (!row || String(row.version) !== current.meta.version) throw changedMeanwhile()
  return row
}

function changeOf({ context }: ResourceWrite, { id }: StoredResource) {
  return { resourceType: context.resourceType, id }
}
