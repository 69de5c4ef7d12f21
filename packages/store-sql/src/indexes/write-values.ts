import { ScimError } from '@scimkit/core/schema'
import type { SqlConnection } from '../sqlite/sql-connection.js'
import { readIndexedValues } from './indexed-attributes.js'
import type { NumberedAttribute } from './served-type.js'

/** Whose values are written. */
export interface ValueOwner {
  readonly scope: number
  /** Number of the resource's row. */
  readonly resource: number
  /** Id as it is bound to statements. */
  readonly id: string
}

/**
 * Brings the index rows of a resource from one state to the next; what stays the same is not touched.
 *
 * @param connection Connection within a transaction.
 * @param attributes Indexed attributes of the resource's type.
 * @param owner The resource.
 * @param change State before, absent for a new resource, and after, absent for a deleted one.
 * @throws {ScimError} 409 `uniqueness` that names the attribute.
 */
export function writeValues(
  connection: SqlConnection,
  attributes: readonly NumberedAttribute[],
  owner: ValueOwner,
  change: { readonly before?: object | undefined; readonly after?: object | undefined },
): void {
  for (const indexed of attributes) {
    const before = change.before ? readIndexedValues(indexed, change.before) : nothing
    const after = change.after ? readIndexedValues(indexed, change.after) : nothing
    for (const value of before) if (!after.has(value)) removeValue(connection, indexed, owner, value)
    for (const value of after) if (!before.has(value)) addValue(connection, indexed, owner, value)
  }
}

const nothing: ReadonlySet<string> = new Set()

function addValue(connection: SqlConnection, indexed: NumberedAttribute, owner: ValueOwner, value: string): void {
  const { scope, resource, id } = owner
  if (!indexed.unique) {
    connection
      .statement('INSERT INTO indexed_values (attribute, scope, value, id, resource) VALUES (?, ?, ?, ?, ?)')
      .run(indexed.number, scope, value, id, resource)
    return
  }
  const added = connection
    .statement(
      'INSERT INTO unique_values (attribute, scope, value, resource) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
    )
    .run(indexed.number, scope, value, resource)
  if (added === 0) {
    throw new ScimError(409, `${indexed.path} has a value that another resource has already`, {
      scimType: 'uniqueness',
    })
  }
}

function removeValue(connection: SqlConnection, indexed: NumberedAttribute, owner: ValueOwner, value: string): void {
  const { scope, resource, id } = owner
  if (indexed.unique) {
    connection
      .statement('DELETE FROM unique_values WHERE attribute = ? AND scope = ? AND value = ? AND resource = ?')
      .run(indexed.number, scope, value, resource)
  } else {
    connection
      .statement('DELETE FROM indexed_values WHERE attribute = ? AND scope = ? AND value = ? AND id = ?')
      .run(indexed.number, scope, value, id)
  }
}
