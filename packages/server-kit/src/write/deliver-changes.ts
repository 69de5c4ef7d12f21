import { reportFailure } from '../service/report-failure.js'
import { keyOf, type MadeChange } from '../service/scim-change.js'
import type { Service } from '../service/service.js'
import type { ChangeOutbox, KeptChange, OutboxLease, OutboxOutcome } from '../store/change-outbox.js'
import type { TenantId } from '../store/store-context.js'
import { runWithin } from './run-within.js'

/** A lease of changes, and the time that is left of it. */
export interface DeliveryLease extends OutboxLease {
  /** @returns Whether a hook that is called now must have settled when the lease ends. */
  readonly hasTime: () => boolean
}

/**
 * Makes a lease that is long enough for a hook that uses all of its time.
 *
 * @param service Service provider.
 * @returns The lease, which begins now.
 */
export function createLease({ limits }: Service): DeliveryLease {
  const duration = 2 * limits.hookTimeout
  // The monotonic clock of the process. The store begins later to measure, so this end comes first.
  const last = performance.now() + duration - limits.hookTimeout
  return { holder: crypto.randomUUID(), duration, hasTime: () => performance.now() < last }
}

/** A change that this process may tell about. */
export type HeldChange = Pick<KeptChange, 'attempts' | 'overtaken' | 'urgency'> & { readonly change: MadeChange }

/** Where changes are kept, and by which lease they belong to this process. */
export interface Delivery {
  readonly outbox: ChangeOutbox
  readonly tenantId: TenantId
  readonly lease: DeliveryLease
}

/** What became of changes, by their ids, and whether more are kept of their resources and memberships. */
export interface Delivered extends Omit<OutboxOutcome, 'holder'> {
  readonly more: boolean
}

/**
 * Tells after-hooks about changes, one after the other, and notes what became of them. One that fails holds up those
 * behind it that concern the same resource or membership, unless they are urgent, and no others.
 *
 * @param service Service provider; its `onError` is told about failures.
 * @param delivery Outbox and lease. What there is no time for is released.
 * @param changes Changes that belong to this process, in their order.
 * @returns What became of them.
 */
export async function deliverChanges(
  service: Service,
  { outbox, tenantId, lease }: Delivery,
  changes: readonly HeldChange[],
): Promise<Delivered> {
  const whole = emptyOutcome()
  let unsettled = emptyOutcome()
  let more = false
  const settle = async (): Promise<void> => {
    more = (await outbox.settle(tenantId, { holder: lease.holder, ...unsettled })) || more
    unsettled = emptyOutcome()
    told.clear()
  }
  const told = new Set<string>()
  const blocked = new Set<string>()
  for (const held of changes) {
    const key = keyOf(held.change)
    // If the process died now, a change would come again after a later one of its key, unless it is noted as told.
    if (told.has(key)) await settle()
    const isBlocked = !lease.hasTime() || (blocked.has(key) && !held.urgency)
    const became = isBlocked ? 'released' : await tellHook(service, held)
    for (const outcome of [whole, unsettled]) outcome[became].push(held.change.changeId)
    if (became === 'delivered') told.add(key)
    else blocked.add(key)
  }
  await settle()
  return { ...whole, more }
}

function emptyOutcome(): Record<'delivered' | 'failed' | 'parked' | 'released', string[]> {
  return { delivered: [], failed: [], parked: [], released: [] }
}

/**
 * Reads a change that was kept.
 *
 * @param kept Change as the outbox gave it.
 * @returns The change with its payload read.
 */
export function readKept({ payload, sequence, attempts, overtaken, urgency }: KeptChange): HeldChange {
  const change = { ...(JSON.parse(payload) as Omit<MadeChange, 'sequence'>), sequence } as MadeChange // what `keepChanges` wrote
  return { change, attempts, overtaken, urgency }
}

async function tellHook(service: Service, held: HeldChange): Promise<'delivered' | 'failed' | 'parked'> {
  const change = held.overtaken ? withoutAccess(held.change) : held.change
  // A kind without a hook had one when the change was kept.
  const hook = change && service.hooks?.after[change.kind]
  if (!hook) return 'delivered'
  const { hookTimeout, maxHookAttempts } = service.limits
  try {
    await runWithin(hookTimeout, `hooks.after.${change.kind}`, (context) => hook(change as never, context)) // a hook has the type of its kind
    return 'delivered'
  } catch (error) {
    const attempts = held.attempts + 1
    const isParked = attempts >= maxHookAttempts
    const { requestId, method, principal, tenantId, changeId, kind, resourceType, id, sequence } = change
    const told = { changeId, kind, tenantId, resourceType, id, sequence, attempts, isParked }
    reportFailure(service, error, { requestId, method, principal, change: told })
    return isParked ? 'parked' : 'failed'
  }
}

/**
 * The application knows already that the resource is no longer active, so no earlier change may say otherwise.
 */
function withoutAccess(change: MadeChange): MadeChange | undefined {
  if (change.kind === 'activate' || change.kind === 'deactivate') return undefined
  return 'after' in change ? { ...change, after: { ...change.after, active: false } } : change
}
