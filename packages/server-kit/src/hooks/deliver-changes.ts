import type { KeptChange, OutboxOutcome } from '../change-outbox.js'
import { reportFailure } from '../report-failure.js'
import type { Service } from '../service.js'
import type { DeliveryLease } from './delivery-lease.js'
import { runWithin } from './run-within.js'
import { keyOf, type MadeChange } from './scim-change.js'

/** A change that this process may tell about. */
export type HeldChange = Pick<KeptChange, 'attempts' | 'overtaken' | 'urgency'> & { readonly change: MadeChange }

/**
 * Tells after-hooks about changes, one after the other. One that fails holds up those behind it that concern the same
 * resource or membership, unless they are urgent, and no others.
 *
 * @param service Service provider; its `onError` is told about failures.
 * @param changes Changes that belong to this process, in their order.
 * @param lease Lease by which they do. What there is no time for is released.
 * @returns What became of them, for `settle`.
 */
export async function deliverChanges(
  service: Service,
  changes: readonly HeldChange[],
  lease: DeliveryLease,
): Promise<OutboxOutcome> {
  const outcome = {
    delivered: [] as string[],
    failed: [] as string[],
    parked: [] as string[],
    released: [] as string[],
  }
  const blocked = new Set<string>()
  for (const held of changes) {
    const key = keyOf(held.change)
    const isBlocked = !lease.hasTime() || (blocked.has(key) && !held.urgency)
    const became = isBlocked ? 'released' : await tellHook(service, held)
    outcome[became].push(held.change.changeId)
    if (became !== 'delivered') blocked.add(key)
  }
  return { holder: lease.holder, ...outcome }
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
  // A kind without a hook was wanted when it was kept and is not any more.
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
 * The application has been told already that the resource is not active any more, so nothing that was made before may
 * tell it otherwise.
 */
function withoutAccess(change: MadeChange): MadeChange | undefined {
  if (change.kind === 'activate' || change.kind === 'deactivate') return undefined
  return 'after' in change ? { ...change, after: { ...change.after, active: false } } : change
}
