import { reportFailure } from '../service/report-failure.js'
import type { Service } from '../service/service.js'
import type { ChangeOutbox } from '../store/change-outbox.js'
import type { TenantId } from '../store/store-context.js'
import { createLease, type DeliveryLease, deliverChanges, readKept } from './deliver-changes.js'

/** What became of the changes that were left. */
export interface Redelivery {
  /** Number of changes whose after-hook has succeeded. */
  readonly delivered: number
  /**
   * Number of changes that are kept still: their hook failed, an earlier one of the same resource or membership did, they
   * are parked, or another process is delivering them.
   */
  readonly left: number
}

/** Changes that are claimed at once, at most. */
const batchSize = 100
/** Tenants whose changes are delivered at the same time, at most. */
const maxTenants = 8

/**
 * Tells after-hooks about every change that is left, of all tenants, once. A hook that hangs holds up its own tenant for
 * `limits.hookTimeout`, and others not at all.
 *
 * @param service Service provider.
 * @param signal Ends it behind the hook that is under way.
 * @returns What became of them.
 */
export async function redeliver(service: Service, signal: AbortSignal | undefined): Promise<Redelivery> {
  let delivered = 0
  let left = 0
  for (const outbox of listOutboxes(service)) {
    const tenants = (service.hooks ? await outbox.waiting() : new Map<TenantId, number>()).entries()
    // Each takes the next tenant from the one iterator as soon as it is done with the one before.
    const work = async (): Promise<void> => {
      for (const [tenantId, count] of tenants) {
        // Added in one step, since others add to it meanwhile.
        const ofTenant = await redeliverTenant(service, outbox, { tenantId, count, signal })
        delivered += ofTenant
      }
    }
    await Promise.all(Array.from({ length: maxTenants }, work))
    for (const count of (await outbox.waiting()).values()) left += count
  }
  return { delivered, left }
}

/**
 * @param service Service provider.
 * @returns The outboxes of its stores, each once.
 */
export function listOutboxes(service: Service): ReadonlySet<ChangeOutbox> {
  return new Set(service.served.flatMap(({ store }) => store.outbox ?? []))
}

interface TenantRun {
  readonly tenantId: TenantId
  /** Number of changes that were kept at the start; those that come meanwhile are others' to tell. */
  readonly count: number
  readonly signal: AbortSignal | undefined
}

async function redeliverTenant(
  service: Service,
  outbox: ChangeOutbox,
  { tenantId, count, signal }: TenantRun,
): Promise<number> {
  let delivered = 0
  let after: number | undefined
  try {
    for (let rest = count; rest > 0 && !signal?.aborted; ) {
      const lease = untilAborted(createLease(service), signal)
      const { changes, last } = await outbox.claim(tenantId, { after, limit: Math.min(batchSize, rest) }, lease)
      if (last === undefined) break
      const outcome = await deliverChanges(service, { outbox, tenantId, lease }, changes.map(readKept))
      delivered += outcome.delivered.length
      // What there was no time for is claimed anew.
      const released = new Set(outcome.released)
      const tried = changes.findLastIndex(({ id }) => !released.has(id)) + 1
      const untold = lease.hasTime() ? undefined : changes[tried]
      after = untold ? untold.sequence - 1 : last
      rest -= untold ? tried : Math.max(changes.length, 1)
    }
  } catch (error) {
    reportFailure(service, error, { requestId: '', method: 'redeliver' })
  }
  return delivered
}

function untilAborted(lease: DeliveryLease, signal: AbortSignal | undefined): DeliveryLease {
  return { ...lease, hasTime: () => !signal?.aborted && lease.hasTime() }
}
