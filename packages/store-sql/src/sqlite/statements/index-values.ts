import type { SqlConnection } from '../sql-connection.js'
import { type ResourceKey, toResourceKey } from './resources.js'

/** A value of an indexed attribute, in the form in which equal values are equal texts. */
export interface IndexValue {
  /** Number of the indexed attribute. */
  readonly attribute: number
  readonly scope: number
  readonly value: string
}

/** Values from `from` up to but without `to`. */
export interface IndexRange {
  readonly attribute: number
  readonly scope: number
  readonly from: string
  readonly to: string
}

/** Adds a value that only one resource of a scope may have. @returns Whether no other resource had it. */
export function insertUniqueValue(
  connection: SqlConnection,
  { attribute, scope, value }: IndexValue,
  resource: number,
): boolean {
  const added = connection
    .statement(
      'INSERT INTO unique_values (attribute, scope, value, resource) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
    )
    .run(attribute, scope, value, resource)
  return added === 1
}

/** Removes a unique value of a resource. */
export function deleteUniqueValue(
  connection: SqlConnection,
  { attribute, scope, value }: IndexValue,
  resource: number,
): void {
  connection
    .statement('DELETE FROM unique_values WHERE attribute = ? AND scope = ? AND value = ? AND resource = ?')
    .run(attribute, scope, value, resource)
}

/** Adds a value that several resources may have. @param key The resource; its id as it is bound to statements. */
export function insertSharedValue(
  connection: SqlConnection,
  { attribute, scope, value }: IndexValue,
  key: ResourceKey,
): void {
  connection
    .statement('INSERT INTO indexed_values (attribute, scope, value, id, resource) VALUES (?, ?, ?, ?, ?)')
    .run(attribute, scope, value, key.id, key.resource)
}

/** Removes a value that several resources may have. @param id Id of the resource as it is bound to statements. */
export function deleteSharedValue(
  connection: SqlConnection,
  { attribute, scope, value }: IndexValue,
  id: string,
): void {
  connection
    .statement('DELETE FROM indexed_values WHERE attribute = ? AND scope = ? AND value = ? AND id = ?')
    .run(attribute, scope, value, id)
}

/** Deletes all values of an attribute. */
export function deleteValuesOf(connection: SqlConnection, attribute: number): void {
  connection.statement('DELETE FROM unique_values WHERE attribute = ?').run(attribute)
  connection.statement('DELETE FROM indexed_values WHERE attribute = ?').run(attribute)
}

/** Finds the document of the one resource that has a unique value. */
export function findDocumentByValue(
  connection: SqlConnection,
  { attribute, scope, value }: IndexValue,
): string | undefined {
  return connection
    .statement<{ document: string }>(
      `SELECT document FROM unique_values CROSS JOIN resources USING (resource)
       WHERE attribute = ? AND unique_values.scope = ? AND value = ?`,
    )
    .get(attribute, scope, value)?.document
}

/** Finds the resources that have a value, in the order of their ids. */
export function findByValue(
  connection: SqlConnection,
  { attribute, scope, value }: IndexValue,
  unique: boolean,
): readonly ResourceKey[] {
  const text = unique
    ? 'SELECT resources.id, resource FROM unique_values CROSS JOIN resources USING (resource) WHERE attribute = ? AND unique_values.scope = ? AND value = ?'
    : 'SELECT id, resource FROM indexed_values WHERE attribute = ? AND scope = ? AND value = ? ORDER BY id'
  return connection.statement<ResourceKey>(text).all(attribute, scope, value).map(toResourceKey)
}

/** Finds the resources that have a value in a range, in any order; one with several such values comes several times. */
export function findByRange(
  connection: SqlConnection,
  { attribute, scope, from, to }: IndexRange,
  unique: boolean,
): readonly ResourceKey[] {
  const text = unique
    ? 'SELECT resources.id, resource FROM unique_values CROSS JOIN resources USING (resource) WHERE attribute = ? AND unique_values.scope = ? AND value >= ? AND value < ?'
    : 'SELECT id, resource FROM indexed_values WHERE attribute = ? AND scope = ? AND value >= ? AND value < ?'
  return connection.statement<ResourceKey>(text).all(attribute, scope, from, to).map(toResourceKey)
}
