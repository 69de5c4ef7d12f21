import type { StoreContext, TenantId } from './resource-store.js'

/** A change that after-hooks have still to be told about. */
export interface PendingChange {
  /** Unique among all changes; the same however often the change is given out. */
  readonly id: string
  /** Ids of the resources that the change concerns; changes that share one are given out in order. */
  readonly resources: readonly string[]
  /** JSON text of the change; a store keeps it and never looks into it. */
  readonly payload: string
}

/** How long changes belong to the one that they are given to; times in milliseconds since 1970. */
export interface OutboxLease {
  readonly now: number
  /** Afterwards, what was neither delivered nor released is given out again. */
  readonly until: number
}

/** Which changes are wanted. */
export interface OutboxClaim extends OutboxLease {
  /** Only changes that concern one of these resources; all when absent. */
  readonly resources?: readonly string[] | undefined
  /** Only changes behind this sequence number. Those before it that are still kept hold up what concerns the same. */
  readonly after?: number | undefined
  /** Largest number of changes that are looked at. */
  readonly limit: number
}

/** What a claim gave. */
export interface ClaimedChanges {
  /** In the order in which they happened. */
  readonly changes: readonly PendingChange[]
  /** Sequence number of the last change that was looked at; absent when there was none. */
  readonly last?: number | undefined
}

/**
 * Keeps changes until the application has been told about them, also when the process dies in between.
 *
 * A change is *free* while nobody holds a lease of it. It may be given out when no earlier change that concerns one of
 * its resources is kept, but for those given out in the same step before it. So each resource's changes come in order,
 * one that fails holds up what comes behind it and nothing else, and no two processes are given the same.
 */
export interface ChangeOutbox {
  /**
   * Keeps changes, inside the transaction that makes them, and gives those to the caller that may be given out.
   *
   * @returns Ids of the changes that are given to the caller.
   */
  keep(context: StoreContext, changes: readonly PendingChange[], lease: OutboxLease): Promise<readonly string[]>
  /** Gives out free changes of a tenant, oldest first. */
  claim(tenantId: TenantId, claim: OutboxClaim): Promise<ClaimedChanges>
  /**
   * Drops what was delivered, and frees what was not. Ids that are not kept (any more) are passed over.
   *
   * @returns Whether changes are kept that concern the same resources as those delivered.
   */
  settle(tenantId: TenantId, outcome: OutboxOutcome): Promise<boolean>
  /** Number of changes that are kept, by tenant; tenants without any are absent. */
  waiting(): Promise<ReadonlyMap<TenantId, number>>
}

/** What became of changes that were given out, by their ids. */
export interface OutboxOutcome {
  readonly delivered: readonly string[]
  readonly released: readonly string[]
}
