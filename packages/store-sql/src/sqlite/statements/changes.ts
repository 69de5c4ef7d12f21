import type { StoreChange } from '@scimkit/server-kit'
import { fromSqlText, toSqlText } from '../../documents/sql-text.js'
import type { SqlConnection } from '../sql-connection.js'
import { findTenant } from './scopes.js'

/** Adds an entry to the change feed of a tenant. */
export function insertChange(connection: SqlConnection, tenant: number, change: Omit<StoreChange, 'sequence'>): void {
  connection
    .statement(`INSERT INTO changes (tenant, sequence, type, id, kind, version, at)
       SELECT ?1, 1 + coalesce((SELECT max(sequence) FROM changes WHERE tenant = ?1), 0), ?2, ?3, ?4, ?5, ?6`)
    .run(tenant, toSqlText(change.resourceType), toSqlText(change.id), change.kind, Number(change.version), change.at)
}

/**
 * Reads entries of a tenant's change feed in their order.
 *
 * @param connection Connection to read through.
 * @param tenantId Id of the tenant.
 * @param page Sequence number behind which to begin, and the maximum number of entries.
 */
export function readChanges(
  connection: SqlConnection,
  tenantId: string,
  { after, limit }: { readonly after: number; readonly limit: number },
): readonly StoreChange[] {
  const tenant = findTenant(connection, tenantId)
  if (tenant === undefined) return []
  return connection
    .statement<Omit<StoreChange, 'resourceType' | 'version'> & { type: string; version: number }>(
      'SELECT sequence, type, id, kind, version, at FROM changes WHERE tenant = ? AND sequence > ? ORDER BY sequence LIMIT ?',
    )
    .all(tenant, after, limit)
    .map((row) => ({
      sequence: row.sequence,
      resourceType: fromSqlText(row.type),
      id: fromSqlText(row.id),
      kind: row.kind,
      version: String(row.version),
      at: row.at,
    }))
}

/** Maximum number of entries that one transaction deletes. */
const batch = 5_000

/**
 * Deletes the oldest entries of a tenant's feed, up to the first that is not older than a time. The newest entry always
 * stays, because the next number is counted from it.
 *
 * @param connection Connection within a transaction.
 * @param tenant Number of the tenant.
 * @param before ISO 8601 time, UTC, milliseconds.
 * @returns Number of entries deleted.
 */
export function deleteChangesBefore(connection: SqlConnection, tenant: number, before: string): number {
  return connection
    .statement(
      `DELETE FROM changes WHERE tenant = ?1 AND sequence < (
         SELECT coalesce(min(CASE WHEN at >= ?2 THEN sequence END), max(sequence))
         FROM (SELECT sequence, at FROM changes WHERE tenant = ?1 ORDER BY sequence LIMIT ?3)
       )`,
    )
    .run(tenant, before, batch + 1)
}

/** Whether {@link deleteChangesBefore} has deleted a whole batch, so that more entries may be left. */
export function isWholeBatch(deleted: number): boolean {
  return deleted >= batch
}
