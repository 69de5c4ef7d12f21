import type { ResourceContext } from '../service/request-context.js'
import { type MadeChange, type ScimChange, toOutboxKey, urgencyOf } from '../service/scim-change.js'
import type { ChangeOutbox } from '../store/change-outbox.js'
import type { ResourceStore } from '../store/resource-store.js'
import type { TenantId } from '../store/store-context.js'
import { createLease, type DeliveryLease, type HeldChange } from './deliver-changes.js'

/** Changes of a committed write that are still to be delivered to after-hooks. */
export interface KeptWrite {
  readonly outbox: ChangeOutbox
  readonly tenantId: TenantId
  readonly changes: readonly HeldChange[]
  /** Ids of those that may be told at once. */
  readonly given: ReadonlySet<string>
  readonly lease: DeliveryLease
}

/**
 * Keeps the changes of a write within its transaction: they are there exactly if the write is.
 *
 * @param context Request that writes.
 * @param changes Changes in the order in which they were made.
 * @param inside Store of the transaction.
 * @returns What was kept; `undefined` when no hook wants any of it.
 */
export async function keepChanges(
  context: ResourceContext,
  changes: readonly ScimChange[],
  inside: ResourceStore,
): Promise<KeptWrite | undefined> {
  const { served } = context
  const after = context.service.hooks?.after ?? {}
  const wanted = inOrder(changes.filter(({ kind }) => after[kind]))
  if (wanted.length === 0) return undefined
  const { outbox } = served.store
  if (!outbox || !inside.outbox)
    throw new TypeError(`A transaction of the store of ${served.definition.name} has no outbox`)
  const made = wanted.map((change) => ({ ...change, changeId: crypto.randomUUID() }))
  const pending = made.map((change) => ({
    id: change.changeId,
    ...toOutboxKey(change),
    urgency: urgencyOf(change),
    payload: JSON.stringify(change),
  }))
  const storeContext = context.storeContext
  const lease = createLease(context.service)
  const { sequences, given } = await inside.outbox.keep(storeContext, pending, lease)
  const held = made.map((change, at): HeldChange => {
    const sequence = sequences[at] ?? 0
    return { change: { ...change, sequence } as MadeChange, urgency: urgencyOf(change), attempts: 0, overtaken: false } // a change and its number
  })
  return { outbox, tenantId: storeContext.tenantId, changes: held, given: new Set(given), lease }
}

/** A deleted resource leaves its groups first, so that a table of memberships never names one that does not exist. */
function inOrder(changes: readonly ScimChange[]): readonly ScimChange[] {
  const gone = changes.filter(({ kind }) => kind === 'deprovision')
  return gone.length === 0 ? changes : [...changes.filter(({ kind }) => kind !== 'deprovision'), ...gone]
}
