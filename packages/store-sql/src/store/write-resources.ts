import { ScimError } from '@scimkit/core/schema'
import type { StoreChange, StoreContext, StoredResource } from '@scimkit/server-kit'
import { toSqlText } from '../documents/sql-text.js'
import { checkGeneration, type ServedType } from '../indexes/served-type.js'
import { writeValues } from '../indexes/write-values.js'
import type { WriteAccess } from '../sqlite/create-session.js'
import { insertChange } from '../sqlite/statements/changes.js'
import { deleteMembershipsOfGroup } from '../sqlite/statements/memberships.js'
import {
  deleteRow,
  findDocument,
  findScopedRow,
  insertRow,
  type ScopedRow,
  updateRow,
} from '../sqlite/statements/resources.js'
import { addToTotal, requireScope, type Scope } from '../sqlite/statements/scopes.js'

/** Adds a resource. @throws {ScimError} 409 `uniqueness`. */
export function createResource(
  access: WriteAccess,
  context: StoreContext,
  type: ServedType,
  resource: StoredResource,
): void {
  const { connection } = access
  checkGeneration(connection, context.resourceType, type)
  const scope = requireScope(connection, context)
  if (findDocument(connection, scope.scope, resource.id) !== undefined) {
    throw new ScimError(409, 'id has a value that another resource has already', { scimType: 'uniqueness' })
  }
  const row = insertRow(connection, scope.scope, resource)
  const owner = { scope: scope.scope, resource: row, id: toSqlText(resource.id) }
  writeValues(connection, type.attributes, owner, { after: resource })
  addToTotal(connection, scope.scope, 1)
  record(access, scope, context, {
    id: resource.id,
    kind: 'create',
    version: resource.meta.version,
    at: resource.meta.lastModified,
  })
}

/** Writes the next state of a resource. @throws {ScimError} 409 `uniqueness`; 412 when the stored version is another or it is gone. */
export function replaceResource(
  access: WriteAccess,
  context: StoreContext,
  type: ServedType,
  { current, next }: { readonly current: StoredResource; readonly next: StoredResource },
): void {
  const { connection } = access
  checkGeneration(connection, context.resourceType, type)
  const row = requireCurrent(access, context, current)
  writeValues(connection, type.attributes, row, { before: JSON.parse(row.document), after: next })
  if (!updateRow(connection, row.resource, row.version, next)) throw changedMeanwhile()
  record(access, row, context, {
    id: current.id,
    kind: 'replace',
    version: next.meta.version,
    at: next.meta.lastModified,
  })
}

/** Takes a resource away; of a group, the memberships as well. @throws {ScimError} 412. */
export function deleteResource(
  access: WriteAccess,
  context: StoreContext,
  type: ServedType,
  { current, at }: { readonly current: StoredResource; readonly at: string },
): void {
  const { connection } = access
  checkGeneration(connection, context.resourceType, type)
  const row = requireCurrent(access, context, current)
  writeValues(connection, type.attributes, row, { before: JSON.parse(row.document) })
  deleteMembershipsOfGroup(connection, row.resource)
  deleteRow(connection, row.resource)
  addToTotal(connection, row.scope, -1)
  record(access, row, context, { id: current.id, kind: 'delete', version: String(row.version), at })
}

/**
 * Writes a change into the feed, and announces it to those who remember something about the data.
 *
 * @param access Connection within a transaction.
 * @param place Scope of the changed resource.
 * @param context Its resource type.
 * @param change What changed.
 */
export function record(
  access: WriteAccess,
  { scope, tenant }: Scope,
  context: Pick<StoreContext, 'resourceType'>,
  change: Omit<StoreChange, 'sequence' | 'resourceType'>,
): void {
  insertChange(access.connection, tenant, { ...change, resourceType: context.resourceType })
  access.track({ scope, tenant, id: change.id, kind: change.kind })
}

function requireCurrent({ connection }: WriteAccess, context: StoreContext, current: StoredResource): ScopedRow {
  const row = findScopedRow(connection, context, current.id)
  if (!row || String(row.version) !== current.meta.version) throw changedMeanwhile()
  return row
}

/** The error of a lost compare-and-swap. */
export function changedMeanwhile(): ScimError {
  return new ScimError(412, 'The resource has changed meanwhile; read it again')
}
