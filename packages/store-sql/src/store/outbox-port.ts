import type { ChangeOutbox, KeptChange, OutboxKey, OutboxLease, OutboxOutcome, TenantId } from '@scimkit/server-kit'
import type { SqlSession } from '../sqlite/sql-session.js'
import { countPending, PendingChanges } from '../sqlite/statements/pending-changes.js'
import { findTenant } from '../sqlite/statements/scopes.js'

/**
 * Creates the outbox over a view of the database.
 *
 * @param session Committed data, or the inside of a transaction.
 */
export function createOutboxPort(session: SqlSession): ChangeOutbox {
  /** A tenant that has never had a resource has no changes either. */
  const write = <R>(tenantId: TenantId, otherwise: R, work: (pending: PendingChanges) => R): Promise<R> =>
    session.write(({ connection }) => {
      const tenant = findTenant(connection, tenantId)
      return tenant === undefined ? otherwise : work(new PendingChanges(connection, tenant))
    })
  return {
    keep: (context, changes, lease) =>
      session.write(({ connection }) => {
        const tenant = findTenant(connection, context.tenantId)
        if (tenant === undefined) throw new Error('A change cannot be kept for a tenant that has never had a resource')
        const pending = new PendingChanges(connection, tenant)
        const kept = changes.map((change) => pending.insert(change))
        const given = leaseOut(pending, kept, lease)
        return { sequences: kept.map(({ sequence }) => sequence), given: given.map(({ id }) => id) }
      }),
    claim: (tenantId, selection, lease) =>
      write(tenantId, { changes: [] }, (pending) => {
        const free = pending.listFree(selection, machineTime())
        const last = free.at(-1)?.sequence
        return { changes: leaseOut(pending, free, lease), ...(last !== undefined && { last }) }
      }),
    settle: (tenantId, outcome) => write(tenantId, false, (pending) => settle(pending, outcome)),
    list: (tenantId, selection) =>
      session.read((connection) => {
        const tenant = findTenant(connection, tenantId)
        return tenant === undefined ? [] : new PendingChanges(connection, tenant).list(selection)
      }),
    drop: (tenantId, id) => write(tenantId, false, (pending) => pending.delete(id)),
    waiting: () => session.read((connection) => countPending(connection) as ReadonlyMap<TenantId, number>), // the ids of contexts
  }
}

/** Milliseconds on a clock that all processes of the machine share and that no one can set back, unlike the system's. */
function machineTime(): number {
  return Number(process.hrtime.bigint() / 1_000_000n)
}

/** Gives those of the wanted changes to a holder that no other change of their key holds up. */
function leaseOut(pending: PendingChanges, wanted: readonly KeptChange[], lease: OutboxLease): readonly KeptChange[] {
  const now = machineTime()
  const wantedNumbers = new Set(wanted.map(({ sequence }) => sequence))
  const firstOthers = new Map<string, number>()
  const findFirstOther = (key: OutboxKey): number => {
    const others = pending.listOfKey(key, now).filter(({ sequence }) => !wantedNumbers.has(sequence))
    // A change that has a holder holds up even what is urgent.
    if (others.some(({ held }) => held === 1)) return Number.NEGATIVE_INFINITY
    return others[0]?.sequence ?? Number.POSITIVE_INFINITY
  }
  const given = wanted.filter(({ sequence, resource, member, urgency }) => {
    const key = JSON.stringify([resource, member])
    const other = firstOthers.get(key) ?? findFirstOther({ resource, member })
    firstOthers.set(key, other)
    return urgency ? other !== Number.NEGATIVE_INFINITY : other > sequence
  })
  const ids = given.map(({ id }) => id)
  if (ids.length > 0) pending.hold(ids, lease, now)
  return given
}

function settle(pending: PendingChanges, outcome: OutboxOutcome): boolean {
  const { holder, delivered, failed, parked, released } = outcome
  pending.release(released, holder)
  const undelivered = [
    ...pending.release(failed, holder, { failed: 1 }),
    ...pending.release(parked, holder, { failed: 1, parked: 1 }),
  ]
  const deleted = pending.deleteHeld(delivered, holder)
  for (const change of [...deleted, ...undelivered]) if (change.urgency) pending.overtake(change)
  return deleted.some((key) => pending.listOfKey(key, 0).length > 0)
}
