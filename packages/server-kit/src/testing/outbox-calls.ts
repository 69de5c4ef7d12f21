import type {
  ChangeOutbox,
  KeptChange,
  KeptChanges,
  OutboxChange,
  OutboxLease,
  OutboxSelection,
} from '../store/change-outbox.js'
import { idsOf } from './outbox-model.js'
import type { StoreFixture } from './store-fixture.js'

/** A lease that outlasts every test. */
export const lease: OutboxLease = { holder: 'first', duration: 600_000 }
/** Another that outlasts every test, of another holder. */
export const other: OutboxLease = { holder: 'second', duration: 600_000 }
/** A lease that has ended as soon as it is given, as that of a process that died long ago. */
export const ended: OutboxLease = { holder: 'dead', duration: 0 }

/**
 * Makes a change for an outbox.
 *
 * @param id Id of the change.
 * @param resource Id of the resource, of a membership the group.
 * @param member Id of the member.
 * @returns The change.
 */
export function change(id: string, resource: string, member?: string): OutboxChange {
  return { id, resource, ...(member !== undefined && { member }), payload: `{"changeId":"${id}"}` }
}

/**
 * Makes a change that takes access away.
 *
 * @param urgency What becomes of the changes before it.
 * @param about Id, resource and member, as for `change`.
 * @returns The change.
 */
export function urgent(urgency: NonNullable<KeptChange['urgency']>, ...about: Parameters<typeof change>): OutboxChange {
  return { ...change(...about), urgency }
}

/** Number of users that `keepAll` has created. */
let users = 0

/**
 * Keeps changes under {@link lease}.
 *
 * @param fixture Store under test.
 * @param changes The changes.
 * @returns Ids of those that are given out at once.
 */
export async function keep(fixture: StoreFixture, ...changes: readonly OutboxChange[]): Promise<readonly string[]> {
  return (await keepAll(fixture, changes, lease)).given
}

/**
 * Keeps changes as the handler does: in a transaction that writes something too.
 *
 * @param fixture Store under test.
 * @param changes The changes.
 * @param given Lease of those that are given out at once.
 * @returns What the outbox says.
 */
export async function keepAll(
  fixture: StoreFixture,
  changes: readonly OutboxChange[],
  given: OutboxLease,
): Promise<KeptChanges> {
  if (!fixture.store.transaction) throw new Error('the store has no transactions')
  return fixture.store.transaction(fixture.users, async (inside) => {
    await inside.create(fixture.users, fixture.user(`kept${users++}`))
    if (!inside.outbox) throw new Error('a transaction of the store has no outbox')
    return inside.outbox.keep(fixture.users, changes, given)
  })
}

/**
 * Claims changes.
 *
 * @param fixture Store under test.
 * @param selection Which changes.
 * @param given Lease that they are given under.
 * @returns Their ids.
 */
export async function claim(
  fixture: StoreFixture,
  selection: Partial<OutboxSelection> = {},
  given: OutboxLease = lease,
): Promise<readonly string[]> {
  const { changes } = await outboxOf(fixture).claim(fixture.users.tenantId, { limit: 100, ...selection }, given)
  return idsOf(changes)
}

type Outcome = Parameters<ChangeOutbox['settle']>[1]

/**
 * Completes the outcome of changes that are held under {@link lease}.
 *
 * @param given Ids by what became of them.
 * @returns The outcome.
 */
export function outcome(given: Partial<Outcome>): Outcome {
  return { holder: lease.holder, delivered: [], failed: [], parked: [], released: [], ...given }
}

/**
 * Settles changes.
 *
 * @param fixture Store under test.
 * @param given Ids by what became of them.
 * @param by Lease that they are held under.
 * @returns Whether more are kept of the keys of those that were dropped.
 */
export function settle(fixture: StoreFixture, given: Partial<Outcome>, by: OutboxLease = lease): Promise<boolean> {
  return outboxOf(fixture).settle(fixture.users.tenantId, outcome({ ...given, holder: by.holder }))
}

/**
 * @param fixture Store under test.
 * @returns Its outbox.
 */
export function outboxOf({ store }: StoreFixture): ChangeOutbox {
  if (!store.outbox) throw new Error('the store has no outbox')
  return store.outbox
}
