import type { ChangeOutbox } from '../change-outbox.js'
import type { RequestContext } from '../request-context.js'
import type { ResourceStore, TenantId } from '../resource-store.js'
import type { ServedResource } from '../served-resource.js'
import { type MadeChange, resourcesOf, type ScimChange } from './scim-change.js'

/** Milliseconds that changes belong to a process before another one may take them for lost. */
export const leaseTime = 60_000

/** Changes of a committed write that after-hooks have still to be told about. */
export interface KeptChanges {
  readonly outbox: ChangeOutbox
  readonly tenantId: TenantId
  readonly changes: readonly MadeChange[]
  /** Ids of those that may be told at once. */
  readonly given: ReadonlySet<string>
  /** Milliseconds since 1970 until which they belong to this process. */
  readonly until: number
}

/**
 * Keeps the changes of a write within its transaction: they are there exactly if the write is.
 *
 * @param context Request that writes.
 * @param served Resource type that it writes.
 * @param changes Changes in the order in which they were made.
 * @param inside Store of the transaction.
 * @returns What was kept; `undefined` when no hook wants any of it.
 */
export async function keepChanges(
  context: RequestContext,
  served: ServedResource,
  changes: readonly ScimChange[],
  inside: ResourceStore,
): Promise<KeptChanges | undefined> {
  const after = context.service.hooks?.after ?? {}
  const wanted = inOrder(changes.filter(({ kind }) => after[kind]))
  if (wanted.length === 0) return undefined
  const { outbox } = served.store
  if (!outbox || !inside.outbox)
    throw new TypeError(`A transaction of the store of ${served.definition.name} has no outbox`)
  const made = wanted.map((change): MadeChange => ({ ...change, changeId: crypto.randomUUID() }))
  const pending = made.map((change) => ({
    id: change.changeId,
    resources: resourcesOf(change),
    payload: JSON.stringify(change),
  }))
  const storeContext = context.storeContext(served)
  const now = Date.now()
  const until = now + leaseTime
  const given = new Set(await inside.outbox.keep(storeContext, pending, { now, until }))
  return { outbox, tenantId: storeContext.tenantId, changes: made, given, until }
}

/** Whoever goes leaves the groups first, so that a table of memberships never names somebody who is not there. */
function inOrder(changes: readonly ScimChange[]): readonly ScimChange[] {
  const gone = changes.filter(({ kind }) => kind === 'deprovision')
  return gone.length === 0 ? changes : [...changes.filter(({ kind }) => kind !== 'deprovision'), ...gone]
}
