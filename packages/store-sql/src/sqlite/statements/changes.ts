import type { StoreChange } from '@scimkit/server-kit'
import { fromSqlText, toSqlText } from '../../documents/sql-text.js'
import type { SqlConnection } from '../sql-connection.js'
import { findTenant } from './scopes.js'

/** Adds an entry to the feed of a tenant. */
export function insertChange(connection: SqlConnection, tenant: number, change: Omit<StoreChange, 'sequence'>): void {
  connection
    .statement(`INSERT INTO changes (tenant, sequence, type, id, kind, version, at)
       SELECT ?1, 1 + coalesce((SELECT max(sequence) FROM changes WHERE tenant = ?1), 0), ?2, ?3, ?4, ?5, ?6`)
    .run(tenant, toSqlText(change.resourceType), toSqlText(change.id), change.kind, Number(change.version), change.at)
}

/** @returns Up to `limit` entries behind the sequence number `after`, in their order. */
export function readChanges(
  connection: SqlConnection,
  tenantId: string,
  after: number,
  limit: number,
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

/** Oldest entries that are dropped within one transaction. */
const batch = 5_000

/**
 * Drops the oldest entries of a tenant's feed, up to the first that is not older than a time. The newest entry always
 * stays, since the numbers go on from it.
 *
 * @param connection Connection within a transaction.
 * @param tenant Number of the tenant.
 * @param before ISO 8601 time, UTC, milliseconds.
 * @returns Number of entries dropped; as many as a batch holds when there may be more.
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

/** @returns Whether {@link deleteChangesBefore} may find more to drop. */
export function isWholeBatch(dropped: number): boolean {
  return dropped >= batch
}
