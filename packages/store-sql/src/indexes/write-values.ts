import { ScimError } from '@scimkit/core/schema'
import type { SqlConnection } from '../sqlite/sql-connection.js'
import {
  deleteSharedValue,
  deleteUniqueValue,
  insertSharedValue,
  insertUniqueValue,
} from '../sqlite/statements/index-values.js'
import { type NumberedAttribute, readIndexedValues } from './indexed-attributes.js'

/** The resource to which values belong. */
export interface ValueOwner {
  readonly scope: number
  /** Number of its row. */
  readonly resource: number
  /** Id as it is bound to statements. */
  readonly id: string
}

/** A change of a resource, as its indexes see it. */
export interface ValueChange {
  /** Indexed attributes of the resource's type. */
  readonly attributes: readonly NumberedAttribute[]
  /** State before; absent for a new resource. */
  readonly before?: object | undefined
  /** State after; absent for a deleted resource. */
  readonly after?: object | undefined
}

/**
 * Brings the index rows of a resource from one state to the next; rows that stay the same are not touched.
 *
 * @param connection Connection within a transaction.
 * @param owner The resource.
 * @param change Its states before and after.
 * @throws {ScimError} 409 `uniqueness` that names the attribute.
 */
export function writeValues(connection: SqlConnection, owner: ValueOwner, change: ValueChange): void {
  for (const indexed of change.attributes) {
    const before = change.before ? readIndexedValues(indexed, change.before) : nothing
    const after = change.after ? readIndexedValues(indexed, change.after) : nothing
    const writer = indexed.unique ? uniqueValues(connection, owner, indexed) : sharedValues(connection, owner, indexed)
    for (const value of before) if (!after.has(value)) writer.remove(value)
    for (const value of after) if (!before.has(value)) writer.add(value)
  }
}

const nothing: ReadonlySet<string> = new Set()

/** Writes the values of one attribute of one resource. */
interface ValueWriter {
  add(value: string): void
  remove(value: string): void
}

function uniqueValues(connection: SqlConnection, owner: ValueOwner, { number, path }: NumberedAttribute): ValueWriter {
  const { scope, resource } = owner
  return {
    add(value) {
      if (insertUniqueValue(connection, { attribute: number, scope, value }, resource)) return
      throw new ScimError(409, `${path} has a value that another resource already has`, { scimType: 'uniqueness' })
    },
    remove: (value) => deleteUniqueValue(connection, { attribute: number, scope, value }, resource),
  }
}

function sharedValues(connection: SqlConnection, owner: ValueOwner, { number }: NumberedAttribute): ValueWriter {
  const { scope } = owner
  return {
    add: (value) => insertSharedValue(connection, { attribute: number, scope, value }, owner),
    remove: (value) => deleteSharedValue(connection, { attribute: number, scope, value }, owner.id),
  }
}
