import type { ChangeOutbox, OutboxClaim, TenantId } from '@scimkit/server-kit'
import type { SqlConnection } from '../database/sql-connection.js'
import type { SqlSession } from '../database/sql-session.js'
import {
  claimPending,
  countPending,
  deletePending,
  hasPending,
  insertPending,
  type PendingRow,
  readConcerning,
  readFree,
} from '../tables/pending-changes-table.js'
import { findTenant } from '../tables/scopes-table.js'

/**
 * Makes the outbox over a view of the database.
 *
 * @param session Committed data, or the inside of a transaction.
 */
export function createOutboxPort(session: SqlSession): ChangeOutbox {
  return {
    async keep(context, changes, { until }) {
      return session.write(({ connection }) => {
        const tenant = findTenant(connection, context.tenantId)
        if (tenant === undefined) throw new Error('A change is kept of a tenant that has never had a resource')
        const kept = changes.map((change) => insertPending(connection, tenant, change))
        return give(connection, tenant, kept, until).map(({ id }) => id)
      })
    },
    async claim(tenantId, claim) {
      return session.write(({ connection }) => claimFree(connection, tenantId, claim))
    },
    async settle(tenantId, { delivered, released }) {
      return session.write(({ connection }) => {
        const tenant = findTenant(connection, tenantId)
        if (tenant === undefined) return false
        if (released.length > 0) claimPending(connection, tenant, released, 0)
        return hasPending(connection, tenant, deletePending(connection, tenant, delivered))
      })
    },
    async waiting() {
      return session.read((connection) => countPending(connection) as ReadonlyMap<TenantId, number>) // the ids of contexts
    },
  }
}

function claimFree(
  connection: SqlConnection,
  tenantId: TenantId,
  { resources, after = 0, limit, now, until }: OutboxClaim,
): Awaited<ReturnType<ChangeOutbox['claim']>> {
  const tenant = findTenant(connection, tenantId)
  if (tenant === undefined) return { changes: [] }
  const free = readFree(connection, tenant, { resources, after, now, limit })
  const last = free.at(-1)?.sequence
  const changes = give(connection, tenant, free, until).map(({ id, resources: concerned, payload }) => {
    return { id, resources: concerned, payload }
  })
  return { changes, ...(last !== undefined && { last }) }
}

/** Gives out those of the wanted changes that no other change holds up. */
function give(
  connection: SqlConnection,
  tenant: number,
  wanted: readonly PendingRow[],
  until: number,
): readonly PendingRow[] {
  const among = new Set(wanted.map(({ sequence }) => sequence))
  const last = wanted.at(-1)?.sequence ?? 0
  const firstOther = new Map<string, number>()
  const holdUp = (resource: string): number => {
    const known = firstOther.get(resource)
    if (known !== undefined) return known
    const others = readConcerning(connection, tenant, resource, last).filter((sequence) => !among.has(sequence))
    const first = others[0] ?? Number.POSITIVE_INFINITY
    firstOther.set(resource, first)
    return first
  }
  const given = wanted.filter(({ sequence, resources }) => {
    const isFree = resources.every((resource) => holdUp(resource) > sequence)
    if (!isFree) for (const resource of resources) firstOther.set(resource, 0)
    return isFree
  })
  const ids = given.map(({ id }) => id)
  if (ids.length > 0) claimPending(connection, tenant, ids, until)
  return given
}
