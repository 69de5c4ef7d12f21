import type { PendingChange } from '@scimkit/server-kit'
import type { SqlConnection } from '../database/sql-connection.js'
import { fromSqlText, toSqlText } from '../database/to-sql-text.js'

/** A change that is kept until somebody was told about it. */
export interface PendingRow extends PendingChange {
  /** Number in the order of all changes. */
  readonly sequence: number
}

/** Adds a change that nobody has yet. */
export function insertPending(connection: SqlConnection, tenant: number, change: PendingChange): PendingRow {
  const resources = JSON.stringify(change.resources.map(toSqlText))
  const row = connection
    .statement<{ sequence: number }>(
      'INSERT INTO pending_changes (tenant, id, resources, claimed_until, payload) VALUES (?, ?, ?, 0, ?) RETURNING sequence',
    )
    .get(tenant, change.id, resources, change.payload)
  if (!row) throw new Error('A change has no number right after it was kept')
  connection
    .statement(
      'INSERT INTO pending_resources (tenant, resource, sequence) SELECT DISTINCT ?, value, ? FROM json_each(?)',
    )
    .run(tenant, row.sequence, resources)
  return { ...change, sequence: row.sequence }
}

/** Which changes are looked for; times in milliseconds since 1970. */
export interface PendingQuery {
  readonly resources: readonly string[] | undefined
  readonly after: number
  readonly now: number
  readonly limit: number
}

/** @returns Changes of a tenant that nobody has at the time, in their order. */
export function readFree(
  connection: SqlConnection,
  tenant: number,
  { resources, after, now, limit }: PendingQuery,
): readonly PendingRow[] {
  const columns = 'SELECT sequence, id, resources, payload FROM pending_changes'
  const free = 'tenant = ? AND sequence > ? AND claimed_until <= ?'
  const rows = resources
    ? connection
        .statement<TextRow>(
          `${columns} WHERE sequence IN (
             SELECT sequence FROM json_each(?) AS asked CROSS JOIN pending_resources AS kept
             ON kept.tenant = ? AND kept.resource = asked.value
           ) AND ${free} ORDER BY sequence LIMIT ?`,
        )
        .all(JSON.stringify(resources.map(toSqlText)), tenant, tenant, after, now, limit)
    : connection.statement<TextRow>(`${columns} WHERE ${free} ORDER BY sequence LIMIT ?`).all(tenant, after, now, limit)
  return rows.map(({ sequence, id, resources: names, payload }) => ({
    sequence,
    id,
    resources: parseResources(names),
    payload,
  }))
}

interface TextRow {
  readonly sequence: number
  readonly id: string
  readonly resources: string
  readonly payload: string
}

/** @returns Numbers of the changes that concern a resource, up to the number `last`, in their order. */
export function readConcerning(
  connection: SqlConnection,
  tenant: number,
  resource: string,
  last: number,
): readonly number[] {
  return connection
    .statement<{ sequence: number }>(
      'SELECT sequence FROM pending_resources WHERE tenant = ? AND resource = ? AND sequence <= ? ORDER BY sequence',
    )
    .all(tenant, toSqlText(resource), last)
    .map(({ sequence }) => sequence)
}

/** Gives changes to somebody until a time; 0 frees them. */
export function claimPending(connection: SqlConnection, tenant: number, ids: readonly string[], until: number): void {
  // One by one: for a list, planners read the whole table when their statistics are of a short one.
  const claim = connection.statement('UPDATE pending_changes SET claimed_until = ? WHERE tenant = ? AND id = ?')
  for (const id of ids) claim.run(until, tenant, id)
}

/** Drops changes. @returns Resources that they concerned. */
export function deletePending(connection: SqlConnection, tenant: number, ids: readonly string[]): ReadonlySet<string> {
  const take = connection.statement<{ sequence: number; resources: string }>(
    'DELETE FROM pending_changes WHERE tenant = ? AND id = ? RETURNING sequence, resources',
  )
  const drop = connection.statement(
    'DELETE FROM pending_resources WHERE tenant = ? AND sequence = ? AND resource IN (SELECT value FROM json_each(?))',
  )
  const rows = ids.flatMap((id) => take.all(tenant, id))
  for (const { sequence, resources } of rows) drop.run(tenant, sequence, resources)
  return new Set(rows.flatMap(({ resources }) => parseResources(resources)))
}

/** @returns Whether a change is kept that concerns one of the resources. */
export function hasPending(connection: SqlConnection, tenant: number, resources: ReadonlySet<string>): boolean {
  const found = connection
    .statement<{ found: number }>(
      `SELECT EXISTS (
         SELECT 1 FROM json_each(?) AS asked CROSS JOIN pending_resources AS kept
         ON kept.tenant = ? AND kept.resource = asked.value
       ) AS found`,
    )
    .get(JSON.stringify(Array.from(resources, toSqlText)), tenant)
  return found?.found === 1
}

/** @returns Number of changes that are kept, by the id of the tenant. */
export function countPending(connection: SqlConnection): ReadonlyMap<string, number> {
  const rows = connection
    .statement<{ name: string; kept: number }>(
      'SELECT tenants.name, count(*) AS kept FROM pending_changes JOIN tenants USING (tenant) GROUP BY tenant',
    )
    .all()
  return new Map(rows.map(({ name, kept }) => [fromSqlText(name), kept]))
}

function parseResources(text: string): readonly string[] {
  return (JSON.parse(text) as readonly string[]).map(fromSqlText) // what `insertPending` wrote
}
