import type { ChangeOutbox } from '../change-outbox.js'
import type { TenantId } from '../resource-store.js'
import type { Service } from '../service.js'
import { deliverChanges } from './deliver-changes.js'
import { leaseTime } from './keep-changes.js'
import type { MadeChange } from './scim-change.js'

/** What became of the changes that were left. */
export interface Redelivery {
  /** Number of changes whose after-hook has succeeded. */
  readonly delivered: number
  /**
   * Number of changes that are kept still: their hook failed, an earlier one of the same resource did, or another process
   * is delivering them.
   */
  readonly left: number
}

/** Most changes that are taken at once. */
const batchSize = 100

/**
 * Tells after-hooks about every change that is left, of all tenants, once.
 *
 * @param service Service provider.
 * @param signal Ends it behind the batch that is under way.
 * @returns What became of them.
 */
export async function redeliver(service: Service, signal: AbortSignal | undefined): Promise<Redelivery> {
  let delivered = 0
  let left = 0
  for (const outbox of new Set(service.served.flatMap(({ store }) => store.outbox ?? []))) {
    for (const tenantId of service.hooks ? (await outbox.waiting()).keys() : []) {
      delivered += await redeliverTenant(service, outbox, tenantId, signal)
    }
    for (const count of (await outbox.waiting()).values()) left += count
  }
  return { delivered, left }
}

async function redeliverTenant(
  service: Service,
  outbox: ChangeOutbox,
  tenantId: TenantId,
  signal: AbortSignal | undefined,
): Promise<number> {
  let delivered = 0
  let after: number | undefined
  while (!signal?.aborted) {
    const now = Date.now()
    const until = now + leaseTime
    const { changes, last } = await outbox.claim(tenantId, { after, limit: batchSize, now, until })
    if (last === undefined) break
    after = last
    if (changes.length === 0) continue
    const made = changes.map(({ payload }) => JSON.parse(payload) as MadeChange) // what `keepChanges` wrote
    const outcome = await deliverChanges(service, made, until)
    await outbox.settle(tenantId, outcome)
    delivered += outcome.delivered.length
  }
  return delivered
}
