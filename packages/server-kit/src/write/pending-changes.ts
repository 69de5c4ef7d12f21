import type { MadeChange } from '../service/scim-change.js'
import type { Service } from '../service/service.js'
import type { ChangeOutbox, KeptChange } from '../store/change-outbox.js'
import type { TenantId } from '../store/store-context.js'
import { createLease, readKept } from './deliver-changes.js'
import { deliverKept } from './deliver-kept.js'
import { listOutboxes } from './redeliver.js'

/** A change whose after-hook has not succeeded yet. */
export interface PendingChange {
  /** The change's `changeId`. */
  readonly id: string
  readonly change: MadeChange
  /** How often its hook has failed. */
  readonly attempts: number
  /** Whether it has failed too often, so that `redeliver()` leaves it alone; what comes behind it waits. */
  readonly isParked: boolean
}

/** The changes of all tenants whose after-hook has not succeeded. */
export interface PendingChanges {
  /** Reads them, tenant by tenant in their order, a page at a time. */
  list(): AsyncIterable<PendingChange>
  /**
   * Tells a change again, parked or not, and then what waited for it.
   *
   * @param id Its `changeId`.
   * @returns Whether its hook succeeded; `false` also when there is no such change, or an earlier one is before it.
   */
  retry(id: string): Promise<boolean>
  /**
   * Drops a change, so that its hook is never told about it; what waited for it is told by `redeliver()`.
   *
   * @param id Its `changeId`.
   * @returns Whether there was such a change.
   */
  drop(id: string): Promise<boolean>
}

const pageSize = 100

/**
 * Reads what is pending, see {@link PendingChanges}.
 *
 * @param service Service provider.
 */
export async function* listPending(service: Service): AsyncGenerator<PendingChange> {
  for await (const { outbox, tenantId } of listTenants(service)) {
    let page: readonly KeptChange[] = []
    do {
      page = await outbox.list(tenantId, { after: page.at(-1)?.sequence, limit: pageSize })
      for (const kept of page) yield toPending(kept)
    } while (page.length === pageSize)
  }
}

/**
 * Tells a change again, see {@link PendingChanges}.
 *
 * @param service Service provider.
 * @param id Id of the change.
 * @returns Whether its hook succeeded.
 */
export async function retryPending(service: Service, id: string): Promise<boolean> {
  if (!service.hooks) return false
  for await (const { outbox, tenantId } of listTenants(service)) {
    const lease = createLease(service)
    const { changes, last } = await outbox.claim(tenantId, { ids: [id], limit: 1 }, lease)
    if (last === undefined) continue
    const held = changes.map(readKept)
    const { told } = await deliverKept(service, { outbox, tenantId, changes: held, given: new Set([id]), lease })
    return told.has(id)
  }
  return false
}

/**
 * Drops a change, see {@link PendingChanges}.
 *
 * @param service Service provider.
 * @param id Id of the change.
 * @returns Whether there was such a change.
 */
export async function dropPending(service: Service, id: string): Promise<boolean> {
  for await (const { outbox, tenantId } of listTenants(service)) {
    if (await outbox.drop(tenantId, id)) return true
  }
  return false
}

interface TenantOutbox {
  readonly outbox: ChangeOutbox
  readonly tenantId: TenantId
}

async function* listTenants(service: Service): AsyncGenerator<TenantOutbox> {
  for (const outbox of listOutboxes(service)) {
    for (const tenantId of (await outbox.waiting()).keys()) yield { outbox, tenantId }
  }
}

function toPending(kept: KeptChange): PendingChange {
  const { change, attempts } = readKept(kept)
  return { id: change.changeId, change, attempts, isParked: kept.parked }
}
