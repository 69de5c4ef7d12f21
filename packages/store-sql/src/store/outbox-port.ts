import type { ChangeOutbox, KeptChange, OutboxKey, OutboxLease, OutboxOutcome, TenantId } from '@scimkit/server-kit'
import type { SqlSession } from '../sqlite/create-session.js'
import type { SqlConnection } from '../sqlite/sql-connection.js'
import {
  countPending,
  deleteOne,
  deletePending,
  freePending,
  holdPending,
  insertPending,
  overtakePending,
  readFree,
  readOfKey,
  readPending,
} from '../sqlite/statements/pending-changes.js'
import { findTenant } from '../sqlite/statements/scopes.js'

/**
 * Makes the outbox over a view of the database.
 *
 * @param session Committed data, or the inside of a transaction.
 */
export function createOutboxPort(session: SqlSession): ChangeOutbox {
  const onTenant = <R>(
    tenantId: TenantId,
    none: R,
    work: (connection: SqlConnection, tenant: number) => R,
  ): Promise<R> =>
    session.write(({ connection }) => {
      const tenant = findTenant(connection, tenantId)
      return tenant === undefined ? none : work(connection, tenant)
    })
  return {
    async keep(context, changes, lease) {
      return session.write(({ connection }) => {
        const tenant = findTenant(connection, context.tenantId)
        if (tenant === undefined) throw new Error('A change is kept of a tenant that has never had a resource')
        const kept = changes.map((change) => insertPending(connection, tenant, change))
        const given = give(connection, tenant, kept, lease)
        return { sequences: kept.map(({ sequence }) => sequence), given: given.map(({ id }) => id) }
      })
    },
    claim: (tenantId, selection, lease) =>
      onTenant(tenantId, { changes: [] }, (connection, tenant) => {
        const free = readFree(connection, tenant, selection, machineTime())
        const last = free.at(-1)?.sequence
        return { changes: give(connection, tenant, free, lease), ...(last !== undefined && { last }) }
      }),
    settle: (tenantId, outcome) =>
      onTenant(tenantId, false, (connection, tenant) => settle(connection, tenant, outcome)),
    async list(tenantId, selection) {
      return session.read((connection) => {
        const tenant = findTenant(connection, tenantId)
        return tenant === undefined ? [] : readPending(connection, tenant, selection)
      })
    },
    drop: (tenantId, id) => onTenant(tenantId, false, (connection, tenant) => deleteOne(connection, tenant, id)),
    async waiting() {
      return session.read((connection) => countPending(connection) as ReadonlyMap<TenantId, number>) // the ids of contexts
    },
  }
}

/**
 * Milliseconds since the machine was started, or some other moment that is the same for all its processes. Nobody sets
 * this clock, unlike the one on the wall.
 */
function machineTime(): number {
  return Number(process.hrtime.bigint() / 1_000_000n)
}

/** Gives out those of the wanted changes that no other change of their key holds up. */
function give(
  connection: SqlConnection,
  tenant: number,
  wanted: readonly KeptChange[],
  lease: OutboxLease,
): readonly KeptChange[] {
  const now = machineTime()
  const among = new Set(wanted.map(({ sequence }) => sequence))
  const firstOther = new Map<string, number>()
  const findOther = (key: OutboxKey): number => {
    const others = readOfKey(connection, tenant, key, now).filter(({ sequence }) => !among.has(sequence))
    // What somebody has holds up even what is urgent.
    if (others.some(({ held }) => held === 1)) return Number.NEGATIVE_INFINITY
    return others[0]?.sequence ?? Number.POSITIVE_INFINITY
  }
  const given = wanted.filter(({ sequence, resource, member, urgency }) => {
    const key = JSON.stringify([resource, member])
    const other = firstOther.get(key) ?? findOther({ resource, member })
    firstOther.set(key, other)
    return urgency ? other !== Number.NEGATIVE_INFINITY : other > sequence
  })
  const ids = given.map(({ id }) => id)
  if (ids.length > 0) holdPending(connection, tenant, ids, lease, now)
  return given
}

function settle(
  connection: SqlConnection,
  tenant: number,
  { holder, delivered, failed, parked, released }: OutboxOutcome,
): boolean {
  freePending(connection, tenant, holder, released)
  const untold = [
    ...freePending(connection, tenant, holder, failed, { failed: 1 }),
    ...freePending(connection, tenant, holder, parked, { failed: 1, parked: 1 }),
  ]
  const dropped = deletePending(connection, tenant, holder, delivered)
  for (const change of [...dropped, ...untold]) if (change.urgency) overtakePending(connection, tenant, change)
  return dropped.some((key) => readOfKey(connection, tenant, key, 0).length > 0)
}
