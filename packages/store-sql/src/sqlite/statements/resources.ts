import type { StoreContext, StoredResource } from '@scimkit/server-kit'
import { fromSqlText, toSqlText } from '../../documents/sql-text.js'
import type { SqlConnection } from '../sql-connection.js'
import type { Scope } from './scopes.js'

/** What is read of a row to answer with it; each further column costs as much as the search itself. */
export interface StoredRow {
  /** Number of the row; other tables refer to it. */
  readonly resource: number
  readonly document: string
}

/** What is read of a row to write it anew. */
export interface ScopedRow extends StoredRow, Scope {
  readonly id: string
  readonly version: number
  readonly created: string
  readonly last_modified: string
}

/** @returns The document with an id in a scope. */
export function findDocument(connection: SqlConnection, scope: number, id: string): string | undefined {
  return connection
    .statement<{ document: string }>('SELECT document FROM resources WHERE scope = ? AND id = ?')
    .get(scope, toSqlText(id))?.document
}

/** @returns The number of the row with an id in a scope. */
export function findResource(connection: SqlConnection, scope: number, id: string): number | undefined {
  return connection
    .statement<{ resource: number }>('SELECT resource FROM resources WHERE scope = ? AND id = ?')
    .get(scope, toSqlText(id))?.resource
}

/** @returns The row with an id in a scope. */
export function findRow(connection: SqlConnection, scope: number, id: string): StoredRow | undefined {
  return connection
    .statement<StoredRow>('SELECT resource, document FROM resources WHERE scope = ? AND id = ?')
    .get(scope, toSqlText(id))
}

/** @returns The row with an id of a request's tenant and type, and its scope. */
export function findScopedRow(connection: SqlConnection, context: StoreContext, id: string): ScopedRow | undefined {
  return connection
    .statement<ScopedRow>(
      `SELECT resource, resources.id, version, created, last_modified, document, scopes.scope, scopes.tenant
       FROM tenants CROSS JOIN scopes USING (tenant) CROSS JOIN resources USING (scope)
       WHERE tenants.name = ? AND scopes.type = ? AND resources.id = ?`,
    )
    .get(toSqlText(context.tenantId), toSqlText(context.resourceType), toSqlText(id))
}

/** @returns The rows of a scope with the given numbers, in the same order; rows that are gone are left out. */
export function readRows(connection: SqlConnection, scope: number, resources: readonly number[]): readonly StoredRow[] {
  if (resources.length === 0) return []
  return connection
    .statement<StoredRow>(
      `SELECT resource, document FROM json_each(?) AS wanted
       CROSS JOIN resources ON resources.resource = wanted.value AND scope = ? ORDER BY wanted.key`,
    )
    .all(JSON.stringify(resources), scope)
}

/** @returns Up to `count` rows of a scope in the order of their ids, behind the id `after`. */
export function readRowsAfter(
  connection: SqlConnection,
  scope: number,
  after: string,
  count: number,
): readonly StoredRow[] {
  return connection
    .statement<StoredRow>('SELECT resource, document FROM resources WHERE scope = ? AND id > ? ORDER BY id LIMIT ?')
    .all(scope, toSqlText(after), count)
}

/** @returns The id that stands `offset` places behind the id `after`, read from the index alone. */
export function findIdAfter(
  connection: SqlConnection,
  scope: number,
  after: string,
  offset: number,
): string | undefined {
  const row = connection
    .statement<{ id: string }>('SELECT id FROM resources WHERE scope = ? AND id > ? ORDER BY id LIMIT 1 OFFSET ?')
    .get(scope, toSqlText(after), offset)
  return row && fromSqlText(row.id)
}

/** Adds a row. @returns Its number. */
export function insertRow(connection: SqlConnection, scope: number, resource: StoredResource): number {
  const { meta } = resource
  const row = connection
    .statement<{ resource: number }>(
      'INSERT INTO resources (scope, id, version, created, last_modified, document) VALUES (?, ?, ?, ?, ?, ?) RETURNING resource',
    )
    .get(
      scope,
      toSqlText(resource.id),
      readCounter(meta.version),
      meta.created,
      meta.lastModified,
      JSON.stringify(resource),
    )
  if (!row) throw new Error('A resource is missing right after it was added')
  return row.resource
}

/** Writes a new state over a row that still has the expected version. @returns Whether it had. */
export function updateRow(
  connection: SqlConnection,
  resource: number,
  expectedVersion: number,
  next: StoredResource,
): boolean {
  const changed = connection
    .statement('UPDATE resources SET version = ?, last_modified = ?, document = ? WHERE resource = ? AND version = ?')
    .run(readCounter(next.meta.version), next.meta.lastModified, JSON.stringify(next), resource, expectedVersion)
  return changed === 1
}

/**
 * Raises the version of a row and writes it into the document, which otherwise stays as it is.
 *
 * @returns The time of the change: now, or what was there before where the clock has gone back.
 */
export function touchRow(connection: SqlConnection, resource: number, now: string): string {
  const row = connection
    .statement<{ last_modified: string }>(
      `UPDATE resources SET version = version + 1, last_modified = max(last_modified, ?1),
       document = json_set(document, '$.meta.version', CAST(version + 1 AS TEXT), '$.meta.lastModified', max(last_modified, ?1))
       WHERE resource = ?2 RETURNING last_modified`,
    )
    .get(now, resource)
  return row?.last_modified ?? now
}

/** Takes a row away. */
export function deleteRow(connection: SqlConnection, resource: number): void {
  connection.statement('DELETE FROM resources WHERE resource = ?').run(resource)
}

/**
 * Makes the resource of a document.
 *
 * @param document Text from a row.
 */
export function parseDocument(document: string): StoredResource {
  return JSON.parse(document) // written from a resource
}

/** Makes `meta` of a row that is about to change. */
export function readMeta(row: Omit<ScopedRow, 'document'>, resourceType: string): StoredResource['meta'] {
  return { resourceType, created: row.created, lastModified: row.last_modified, version: String(row.version) }
}

/**
 * Reads the counter that a version is.
 *
 * @throws {TypeError} When it is not a whole number in text.
 */
export function readCounter(version: string): number {
  const counter = Number(version)
  if (Number.isSafeInteger(counter) && String(counter) === version) return counter
  throw new TypeError('meta.version must be the text of a counter')
}
