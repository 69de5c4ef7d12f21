import type { StoreContext, StoredResource } from '@scimkit/server-kit'
import { fromSqlText, toSqlText } from '../../documents/sql-text.js'
import { parseVersion } from '../../documents/stored-document.js'
import { requireRow, type SqlConnection } from '../sql-connection.js'
import type { IdPage } from './memberships.js'
import type { Scope } from './scopes.js'

/** Columns that a response needs; each further column costs as much as the search itself. */
export interface StoredRow {
  /** Number of the row, by which other tables refer to it. */
  readonly resource: number
  readonly document: string
}

/** Columns that a write needs. */
export interface ScopedRow extends StoredRow, Scope {
  readonly id: string
  readonly version: number
  readonly created: string
  readonly last_modified: string
}

/** A resource by its id and the number of its row. */
export interface ResourceKey {
  readonly id: string
  readonly resource: number
}

/** Finds the document with an id in a scope. */
export function findDocument(connection: SqlConnection, scope: number, id: string): string | undefined {
  return connection
    .statement<{ document: string }>('SELECT document FROM resources WHERE scope = ? AND id = ?')
    .get(scope, toSqlText(id))?.document
}

/** Finds the number of the row with an id in a scope. */
export function findResource(connection: SqlConnection, scope: number, id: string): number | undefined {
  return connection
    .statement<{ resource: number }>('SELECT resource FROM resources WHERE scope = ? AND id = ?')
    .get(scope, toSqlText(id))?.resource
}

/** Finds the row with an id in a scope. */
export function findRow(connection: SqlConnection, scope: number, id: string): StoredRow | undefined {
  return connection
    .statement<StoredRow>('SELECT resource, document FROM resources WHERE scope = ? AND id = ?')
    .get(scope, toSqlText(id))
}

/** Finds the row with an id among the resources of a request's tenant and type, and its scope. */
export function findScopedRow(connection: SqlConnection, context: StoreContext, id: string): ScopedRow | undefined {
  return connection
    .statement<ScopedRow>(
      `SELECT resource, resources.id, version, created, last_modified, document, scopes.scope, scopes.tenant
       FROM tenants CROSS JOIN scopes USING (tenant) CROSS JOIN resources USING (scope)
       WHERE tenants.name = ? AND scopes.type = ? AND resources.id = ?`,
    )
    .get(toSqlText(context.tenantId), toSqlText(context.resourceType), toSqlText(id))
}

/** Reads the rows of a scope with the given numbers, in the same order; deleted ones are left out. */
export function readRows(connection: SqlConnection, scope: number, resources: readonly number[]): readonly StoredRow[] {
  if (resources.length === 0) return []
  return connection
    .statement<StoredRow>(
      `SELECT resource, document FROM json_each(?) AS wanted
       CROSS JOIN resources ON resources.resource = wanted.value AND scope = ? ORDER BY wanted.key`,
    )
    .all(JSON.stringify(resources), scope)
}

/** Reads a page of the rows of a scope in the order of their ids. */
export function readRowsAfter(
  connection: SqlConnection,
  scope: number,
  { after, count }: IdPage,
): readonly StoredRow[] {
  return connection
    .statement<StoredRow>('SELECT resource, document FROM resources WHERE scope = ? AND id > ? ORDER BY id LIMIT ?')
    .all(scope, toSqlText(after), count)
}

/** Finds the id that is `offset` places after the id `after`; it is read from the index alone. */
export function findIdAfter(
  connection: SqlConnection,
  scope: number,
  { after, offset }: { readonly after: string; readonly offset: number },
): string | undefined {
  const row = connection
    .statement<{ id: string }>('SELECT id FROM resources WHERE scope = ? AND id > ? ORDER BY id LIMIT 1 OFFSET ?')
    .get(scope, toSqlText(after), offset)
  return row && fromSqlText(row.id)
}

/** Finds those of the given ids that a scope has, in the order of the ids. */
export function findKeys(connection: SqlConnection, scope: number, ids: readonly string[]): readonly ResourceKey[] {
  return connection
    .statement<ResourceKey>(
      'SELECT resources.id, resource FROM json_each(?) AS asked CROSS JOIN resources ON scope = ? AND resources.id = asked.value ORDER BY resources.id',
    )
    .all(JSON.stringify(ids.map(toSqlText)), scope)
    .map(toResourceKey)
}

/** Finds the resources of a scope whose last change is between two times, both included. */
export function findModifiedBetween(
  connection: SqlConnection,
  scope: number,
  { from, to }: { readonly from: string; readonly to: string },
): readonly ResourceKey[] {
  return connection
    .statement<ResourceKey>('SELECT id, resource FROM resources WHERE scope = ? AND last_modified BETWEEN ? AND ?')
    .all(scope, from, to)
    .map(toResourceKey)
}

/** Reads the id of a row back as it was written. */
export function toResourceKey({ id, resource }: ResourceKey): ResourceKey {
  return { id: fromSqlText(id), resource }
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
      parseVersion(meta.version),
      meta.created,
      meta.lastModified,
      JSON.stringify(resource),
    )
  return requireRow(row).resource
}

/** Writes the next state over a row that still has the version it was read with. @returns Whether it still had it. */
export function updateRow(
  connection: SqlConnection,
  { resource, version }: { readonly resource: number; readonly version: number },
  next: StoredResource,
): boolean {
  const { meta } = next
  const changed = connection
    .statement('UPDATE resources SET version = ?, last_modified = ?, document = ? WHERE resource = ? AND version = ?')
    .run(parseVersion(meta.version), meta.lastModified, JSON.stringify(next), resource, version)
  return changed === 1
}

/**
 * Raises the version of a row, in its document as well, which otherwise stays as it is.
 *
 * @param now ISO 8601 time of the change.
 * @returns The time that the row has now: `now`, or the time of the last change where the clock has gone back.
 */
export function touchRow(connection: SqlConnection, resource: number, now: string): string {
  const row = connection
    .statement<{ last_modified: string }>(
      `UPDATE resources SET version = version + 1, last_modified = max(last_modified, ?1),
       document = json_set(document, '$.meta.version', CAST(version + 1 AS TEXT), '$.meta.lastModified', max(last_modified, ?1))
       WHERE resource = ?2 RETURNING last_modified`,
    )
    .get(now, resource)
  return requireRow(row).last_modified
}

/** Deletes a row. */
export function deleteRow(connection: SqlConnection, resource: number): void {
  connection.statement('DELETE FROM resources WHERE resource = ?').run(resource)
}
