import type { StoreContext, TenantId } from './store-context.js'

/** What a change is about: a resource, or the membership of one resource in another. */
export interface OutboxKey {
  /** Id of the resource; of a membership, the group's. */
  readonly resource: string
  /** Of a membership, the member's id. */
  readonly member?: string | undefined
}

/** A change that is to be delivered to after-hooks. */
export interface OutboxChange extends OutboxKey {
  /** Unique among all changes; the same however often the change is given out. */
  readonly id: string
  /**
   * Present where the change takes access away, so that it waits for no change that failed. Once it is settled as
   * delivered, failed or parked, what was made earlier and is still kept is marked as `overtaken` by `overtakes`, and
   * dropped by `ends`: of the same membership, or of the same resource and all memberships in it. A hook that failed may
   * have done its work, so nothing earlier may come after it.
   */
  readonly urgency?: 'overtakes' | 'ends' | undefined
  /** JSON text of the change; a store keeps it and never looks into it. */
  readonly payload: string
}

/** A change as the outbox keeps it. */
export interface KeptChange extends OutboxChange {
  /** Number in the order in which the changes of a tenant were made; never used again. */
  readonly sequence: number
  /** How often its delivery has failed. */
  readonly attempts: number
  /** Whether it is given out by its id alone. */
  readonly parked: boolean
  /** Whether a later change with `urgency: 'overtakes'` was told before it. */
  readonly overtaken: boolean
}

/** To whom changes are given, and for how long. */
export interface OutboxLease {
  /** Unique text, by which changes are settled. */
  readonly holder: string
  /**
   * Milliseconds after which what was neither delivered nor released is given out again. The store measures them, by a
   * clock that all processes on it share and that no one sets: the database's, or the machine's monotonic one.
   */
  readonly duration: number
}

/** Which changes are wanted: those that every given member selects. */
export interface OutboxSelection {
  readonly ids?: readonly string[] | undefined
  /** Changes of exactly these resources and memberships. */
  readonly keys?: readonly OutboxKey[] | undefined
  /** Changes of this resource, and of all memberships in it. */
  readonly resource?: string | undefined
  /** Only changes behind this sequence number. */
  readonly after?: number | undefined
  /** Largest number of changes that are looked at. */
  readonly limit: number
}

/** What became of changes that were given out, by their ids. */
export interface OutboxOutcome {
  /** Holder of the lease. Changes that another one holds by now are ignored. */
  readonly holder: string
  /** Dropped. */
  readonly delivered: readonly string[]
  /** Freed, with one attempt more. */
  readonly failed: readonly string[]
  /** Parked, with one attempt more. */
  readonly parked: readonly string[]
  /** Freed as they were. */
  readonly released: readonly string[]
}

/** What `keep` gave. */
export interface KeptChanges {
  /** Sequence number of each change, in the order in which they were handed over. */
  readonly sequences: readonly number[]
  /** Ids of the changes that are given to the caller. */
  readonly given: readonly string[]
}

/** What a claim gave. */
export interface ClaimedChanges {
  /** In the order in which they were made. */
  readonly changes: readonly KeptChange[]
  /** Sequence number of the last change that was looked at; absent when there was none. */
  readonly last?: number | undefined
}

/**
 * Keeps changes until the application has been told about them, also when the process dies in between.
 *
 * Order is kept for each key, that is for each resource and for each membership, and nothing else waits. Of one key,
 * changes are given out while no other of it is held, but for those given out in the same step:
 *
 * * a change with `urgency`, at once;
 * * any other, when no earlier one is kept, but for those given out before it in the same step.
 *
 * So a failed or parked change holds up what comes behind it on the same key, urgent changes excepted, and no two
 * processes are given changes of one key at the same time.
 */
export interface ChangeOutbox {
  /**
   * Keeps changes, inside the transaction that makes them, and gives those to the caller that may be given out.
   */
  keep(context: StoreContext, changes: readonly OutboxChange[], lease: OutboxLease): Promise<KeptChanges>
  /** Gives out changes that are not held, oldest first; parked ones when `ids` names them. */
  claim(tenantId: TenantId, selection: OutboxSelection, lease: OutboxLease): Promise<ClaimedChanges>
  /**
   * Drops what was delivered, and frees or parks the rest, in one step.
   *
   * @returns Whether changes are kept of the keys of those that were dropped.
   */
  settle(tenantId: TenantId, outcome: OutboxOutcome): Promise<boolean>
  /** Reads changes, oldest first, held or not. */
  list(tenantId: TenantId, selection: OutboxSelection): Promise<readonly KeptChange[]>
  /** Drops a change. @returns Whether it was kept. */
  drop(tenantId: TenantId, id: string): Promise<boolean>
  /** Number of changes that are kept, by tenant; tenants without any are absent. */
  waiting(): Promise<ReadonlyMap<TenantId, number>>
}
