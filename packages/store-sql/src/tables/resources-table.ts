import type { StoreContext, StoredResource } from '@scimkit/server-kit'
import type { SqlConnection } from '../database/sql-connection.js'
import { fromSqlText, toSqlText } from '../database/to-sql-text.js'
import type { Scope } from './scopes-table.js'

/** A row of the table. */
export interface ResourceRow {
  /** Number of the row; other tables refer to it. */
  readonly resource: number
  readonly id: string
  readonly version: number
  readonly created: string
  readonly last_modified: string
  readonly document: string
}

const columns = 'resources.resource, resources.id, version, created, last_modified, document'

/** @returns The row with an id in a scope. */
export function findRow(connection: SqlConnection, scope: number, id: string): ResourceRow | undefined {
  return connection
    .statement<ResourceRow>(`SELECT ${columns} FROM resources WHERE scope = ? AND id = ?`)
    .get(scope, toSqlText(id))
}

/** A row with the scope that it is in. */
export type ScopedRow = ResourceRow & Scope

/** @returns The row with an id of a request's tenant and type, and its scope. */
export function findScopedRow(connection: SqlConnection, context: StoreContext, id: string): ScopedRow | undefined {
  return connection
    .statement<ScopedRow>(
      `SELECT ${columns}, scopes.scope, scopes.tenant FROM tenants JOIN scopes USING (tenant) JOIN resources USING (scope)
       WHERE tenants.name = ? AND scopes.type = ? AND resources.id = ?`,
    )
    .get(toSqlText(context.tenantId), toSqlText(context.resourceType), toSqlText(id))
}

/** @returns The rows of a scope with the given numbers, in the same order; rows that are gone are left out. */
export function readRows(
  connection: SqlConnection,
  scope: number,
  resources: readonly number[],
): readonly ResourceRow[] {
  if (resources.length === 0) return []
  return connection
    .statement<ResourceRow>(
      `SELECT ${columns} FROM json_each(?) AS wanted CROSS JOIN resources ON resources.resource = wanted.value AND scope = ? ORDER BY wanted.key`,
    )
    .all(JSON.stringify(resources), scope)
}

/** @returns Up to `count` rows of a scope in the order of their ids, behind the id `after`. */
export function readRowsAfter(
  connection: SqlConnection,
  scope: number,
  after: string,
  count: number,
): readonly ResourceRow[] {
  return connection
    .statement<ResourceRow>(`SELECT ${columns} FROM resources WHERE scope = ? AND id > ? ORDER BY id LIMIT ?`)
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
      stringifyDocument(resource),
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
    .run(readCounter(next.meta.version), next.meta.lastModified, stringifyDocument(next), resource, expectedVersion)
  return changed === 1
}

/** Raises the version of a row and leaves its document alone. */
export function touchRow(connection: SqlConnection, resource: number, now: string): void {
  connection
    .statement('UPDATE resources SET version = version + 1, last_modified = ? WHERE resource = ?')
    .run(now, resource)
}

/** Takes a row away. */
export function deleteRow(connection: SqlConnection, resource: number): void {
  connection.statement('DELETE FROM resources WHERE resource = ?').run(resource)
}

/**
 * Makes the resource of a row.
 *
 * @param row A row.
 * @param resourceType Name of its type.
 */
export function parseRow(row: ResourceRow, resourceType: string): StoredResource {
  const document = JSON.parse(row.document) as Record<string, unknown> // written by stringifyDocument
  document.meta = readMeta(row, resourceType)
  return document as unknown as StoredResource // complete with its meta
}

/** Makes `meta` of a row. */
export function readMeta(row: Omit<ResourceRow, 'document'>, resourceType: string): StoredResource['meta'] {
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

function stringifyDocument(resource: StoredResource): string {
  const { meta: _, ...document } = resource
  return JSON.stringify(document)
}
