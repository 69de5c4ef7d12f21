import type { AttributeTarget, ResourceDefinition } from '@scimkit/core/schema'
import type { Filter } from '@scimkit/filter-parser'
import type { ChangeOutbox } from './change-outbox.js'
import type { StoreContext, TenantId } from './store-context.js'

/** `meta` as the handler sets it; `version` is the text of a counter. */
export interface StoredMeta {
  readonly resourceType: string
  /** ISO 8601, UTC, milliseconds. */
  readonly created: string
  readonly lastModified: string
  /** Counter that rises with every change, as text: `"1"`, `"2"` … The handler writes it as a weak entity tag. */
  readonly version: string
}

/** A resource as a store keeps it: attributes in schema spelling, without `password`, `meta.location` and members. */
export interface StoredResource {
  readonly id: string
  readonly schemas: readonly string[]
  readonly meta: StoredMeta
  readonly [attribute: string]: unknown
}

/** Which part of the matches is wanted: by 1-based index, or behind a position that an earlier page gave. */
export type PageRequest =
  | { readonly startIndex: number; readonly count: number }
  | { readonly after: string | undefined; readonly count: number }

/** A query as a store receives it. */
export interface StoreQuery {
  /** Parsed filter, names as the client wrote them; absent for all resources. */
  readonly filter?: Filter | undefined
  /** Resolved sort key; ties and the default order are by `id`. */
  readonly sortBy?: AttributeTarget | undefined
  readonly sortOrder?: 'ascending' | 'descending' | undefined
  readonly page: PageRequest
}

/** A page as a store returns it. */
export interface StorePage<T> {
  readonly resources: readonly T[]
  /** Number of all matches, where the store knows it. */
  readonly totalResults?: number | undefined
  /** Opaque position behind the last resource; absent on the last page. */
  readonly next?: string | undefined
}

/** A member of a group. */
export interface Member {
  /** Id of the member resource. */
  readonly value: string
  /** Name of its resource type, such as `User`. */
  readonly type: string
  readonly display?: string | undefined
}

/** A group that a resource is a member of. */
export interface Membership {
  /** Id of the group. */
  readonly group: string
  readonly display?: string | undefined
  /** `indirect` when it comes through a nested group. */
  readonly type: 'direct' | 'indirect'
}

/** What a write to a group's members led to. */
export interface MembershipChange {
  /** `meta` of the group afterwards; the one before when nothing changed. */
  readonly meta: StoredMeta
  /** Ids that were really added. */
  readonly added: readonly string[]
  /** Ids that were really removed. */
  readonly removed: readonly string[]
  /** Ids of given members that were there already with another `display`, and keep it; may be absent for none. */
  readonly differing?: readonly string[] | undefined
}

/** Options of a write to a group's members. */
export interface MembershipWrite {
  /** Version that the group must still have, else `ScimError` 412. */
  readonly expectedVersion?: string | undefined
  /** ISO 8601 time for `meta.lastModified` when something changes; a later one that is stored already stays. */
  readonly now: string
}

/**
 * The members of groups as a relation of their own: no method ever loads a whole list.
 *
 * `context.resourceType` is that of the group, also for `groupsOf` and `forget`. Every write raises the group's
 * `meta.version` once if it changed anything, and is one step: writers that add at the same time lose nothing. A write
 * to a group that does not exist throws `ScimError` 404. Members are not checked: the handler does, inside
 * the same transaction. What becomes of a group's members when the group is deleted is the store's to do in `delete`.
 */
export interface MembershipPort {
  /** A member that is there already gets the `display` that is given where it has none; that alone is a change, too. */
  add(
    context: StoreContext,
    groupId: string,
    members: readonly Member[],
    write: MembershipWrite,
  ): Promise<MembershipChange>
  /** Ids that are not members are ignored. */
  remove(
    context: StoreContext,
    groupId: string,
    ids: readonly string[],
    write: MembershipWrite,
  ): Promise<MembershipChange>
  /** Makes the given members the only ones; those that are there already are treated as by `add`. */
  replace(
    context: StoreContext,
    groupId: string,
    members: readonly Member[],
    write: MembershipWrite,
  ): Promise<MembershipChange>
  /** The given ids that are members. */
  has(context: StoreContext, groupId: string, ids: readonly string[]): Promise<ReadonlySet<string>>
  count(context: StoreContext, groupId: string): Promise<number>
  /** Members in the order of their ids, behind the id `after`. */
  page(
    context: StoreContext,
    groupId: string,
    page: { readonly after?: string | undefined; readonly count: number },
  ): Promise<{ readonly members: readonly Member[]; readonly next?: string | undefined }>
  /**
   * Groups of each of the given members in the order of their ids, nested groups included; ids without groups may be
   * absent.
   */
  groupsOf(context: StoreContext, ids: readonly string[]): Promise<ReadonlyMap<string, readonly Membership[]>>
  /** Takes a deleted resource out of all groups; each of them gets a new version. */
  forget(context: StoreContext, memberId: string, now: string): Promise<void>
}

/**
 * Where resources of a mount live.
 *
 * A store sees the state before and the state after, never PATCH operations. All methods see one tenant alone, that of the
 * context. A store that serves several mounts tells them apart by `context.resourceType`.
 */
export interface ResourceStore<T extends StoredResource = StoredResource> {
  /**
   * Told once by `mount` which definition the store serves; a store that indexes or folds attributes needs it.
   */
  serve?(definition: ResourceDefinition): void
  get(context: StoreContext, id: string): Promise<T | undefined>
  /**
   * @param resource Complete: `id` and `meta` are set by the handler.
   * @throws {ScimError} 409 `uniqueness` when the id is taken, or an attribute with `uniqueness` server or global has the same
   * value elsewhere.
   */
  create(context: StoreContext, resource: T): Promise<T>
  /**
   * @param current Resource as it was read; its `meta.version` must still be the stored one.
   * @param next Complete new resource, its version raised.
   * @throws {ScimError} 412 when the stored version is another, or there is none; 409 `uniqueness`.
   */
  replace(context: StoreContext, current: T, next: T): Promise<T>
  /**
   * Deletes a resource; of a group its members go with it (as relation), while its own memberships are `forget`'s.
   *
   * @throws {ScimError} 412 when the stored version is another, or there is none.
   */
  delete(context: StoreContext, current: T): Promise<void>
  query(context: StoreContext, query: StoreQuery): Promise<StorePage<T>>
  /**
   * All or nothing; required where `members` exists. The store that `work` receives serves every type that this one
   * serves, told apart by `context.resourceType`, and its `members` belong to the transaction as well. Inside `work`
   * the outer store is not used. What `work` throws is thrown on, after everything was taken back; a transaction that
   * lost to another one throws `ScimError` 412, so that it is run again.
   */
  transaction?<R>(context: StoreContext, work: (store: ResourceStore<T>) => Promise<R>): Promise<R>
  /** Ordered feed of changes behind a sequence number. */
  changes?(tenantId: TenantId, after: number, limit: number): Promise<readonly StoreChange[]>
  readonly members?: MembershipPort | undefined
  /**
   * Whether `query` answers the terms of a filter on `members` and `groups` itself. Where it does not say so, the handler
   * looks at every resource that the rest of the filter leaves, and asks `members` about each.
   */
  readonly resolvesMembership?: boolean | undefined
  /**
   * Whether resources that were given never change: what takes the place of one is another object. Responses are then
   * made of what was made of the same object before.
   */
  readonly immutable?: boolean | undefined
  /** Required for after-hooks, together with `transaction`: keeps each change until its hook has succeeded. */
  readonly outbox?: ChangeOutbox | undefined
  /**
   * Secrets for cursors, at least 32 bytes each, the same for all processes on the store: cursors then outlive a process.
   */
  cursorSecrets?(): Promise<readonly (string | Uint8Array)[]>
}

/** One entry of the change feed. */
export interface StoreChange {
  /** Rises without regard to type; gaps may occur. */
  readonly sequence: number
  readonly resourceType: string
  readonly id: string
  readonly kind: 'create' | 'replace' | 'delete' | 'members'
  readonly version: string
  /** ISO 8601. */
  readonly at: string
}
