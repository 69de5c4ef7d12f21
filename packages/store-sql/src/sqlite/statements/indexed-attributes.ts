import { toSqlText } from '../../documents/sql-text.js'
import { requireRow, type SqlConnection } from '../sql-connection.js'

/** An attribute that the database indexes. */
export interface IndexedAttributeRow {
  /** Number by which the tables of values refer to it. */
  readonly attribute: number
  /** Path as it is bound to statements. */
  readonly path: string
  /** What decides on the form of its values. */
  readonly rule: string
}

/** Lists the attributes that the database indexes for a resource type. */
export function listIndexedRows(connection: SqlConnection, resourceType: string): readonly IndexedAttributeRow[] {
  return connection
    .statement<IndexedAttributeRow>('SELECT attribute, path, rule FROM indexed_attributes WHERE type = ?')
    .all(toSqlText(resourceType))
}

/** Adds an indexed attribute. @returns Its number. */
export function insertIndexedRow(
  connection: SqlConnection,
  resourceType: string,
  { path, rule }: { readonly path: string; readonly rule: string },
): number {
  const row = connection
    .statement<{ attribute: number }>(
      'INSERT INTO indexed_attributes (type, path, rule) VALUES (?, ?, ?) RETURNING attribute',
    )
    .get(toSqlText(resourceType), toSqlText(path), rule)
  return requireRow(row).attribute
}

/** Deletes an indexed attribute; its values are deleted apart. */
export function deleteIndexedRow(connection: SqlConnection, attribute: number): void {
  connection.statement('DELETE FROM indexed_attributes WHERE attribute = ?').run(attribute)
}

/** A resource whose values are to be indexed. */
export interface UnindexedRow {
  readonly resource: number
  readonly scope: number
  /** Id as it is bound to statements. */
  readonly id: string
  readonly document: string
}

/** Reads up to 500 resources of a type, of all tenants, behind the row number `after`. */
export function readRowsToIndex(
  connection: SqlConnection,
  resourceType: string,
  after: number,
): readonly UnindexedRow[] {
  return connection
    .statement<UnindexedRow>(
      'SELECT resource, scope, id, document FROM resources CROSS JOIN scopes USING (scope) WHERE resource > ? AND scopes.type = ? ORDER BY resource LIMIT 500',
    )
    .all(after, toSqlText(resourceType))
}
