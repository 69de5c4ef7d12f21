import type { OutboxChange, OutboxKey } from '../store/change-outbox.js'
import type { StoredResource } from '../store/resource-store.js'
import type { Principal, TenantId } from '../store/store-context.js'

/** What every change tells. */
interface ChangeFacts<Kind extends string> {
  readonly kind: Kind
  readonly tenantId: TenantId
  /** Name of the type of the resource that changed, such as `User`. */
  readonly resourceType: string
  /** Id of the resource that changed; of `join` and `leave`, the group's. */
  readonly id: string
  /** ISO 8601, UTC, milliseconds. */
  readonly at: string
  /** Who asked for it: `subject`, `tenantId`, `scopes`, `roles` and `userId`, whatever else `authenticate` gave. */
  readonly principal: Principal
  readonly requestId: string
  /** Method of the request, such as `PATCH`. */
  readonly method: string
}

/** A resource is there that was not there before. */
export interface ProvisionChange extends ChangeFacts<'provision'> {
  /** Resource as stored: without `password`, and without members where the store has a membership port. */
  readonly after: StoredResource
}

/** Attributes changed, others than `active` or beside it. */
export interface UpdateChange extends ChangeFacts<'update'> {
  readonly before: StoredResource
  readonly after: StoredResource
  /** Names that changed, those of extensions behind their URN: `title`, `urn:…:User:department`, `password`. */
  readonly changed: readonly string[]
}

/** `active` is true and was not before. A resource that only loses `active` counts as an update. */
export interface ActivateChange extends ChangeFacts<'activate'> {
  readonly before: StoredResource
  readonly after: StoredResource
}

/** `active` is false and was not before. */
export interface DeactivateChange extends ChangeFacts<'deactivate'> {
  readonly before: StoredResource
  readonly after: StoredResource
}

/** A resource was deleted. That of a group stands for the end of all its memberships. */
export interface DeprovisionChange extends ChangeFacts<'deprovision'> {
  readonly before: StoredResource
}

/** A resource became a member of a group. */
export interface JoinChange extends ChangeFacts<'join'> {
  readonly member: { readonly value: string; readonly type?: string | undefined }
}

/** A resource is no longer a member of a group; also when it was deleted. */
export interface LeaveChange extends ChangeFacts<'leave'> {
  readonly member: { readonly value: string; readonly type?: string | undefined }
}

/** The changes that hooks are called for, by kind. */
export interface ScimChanges {
  readonly provision: ProvisionChange
  readonly update: UpdateChange
  readonly activate: ActivateChange
  readonly deactivate: DeactivateChange
  readonly deprovision: DeprovisionChange
  readonly join: JoinChange
  readonly leave: LeaveChange
}

/** A change in the application's words, not the protocol's: what a POST, PUT, PATCH or DELETE came to. */
export type ScimChange = ScimChanges[keyof ScimChanges]

/** A change that was made. */
export type MadeChange<C extends ScimChange = ScimChange> = C & {
  /** Unique; the same at each delivery, so that an application that records it never acts twice. */
  readonly changeId: string
  /**
   * Rises with every change of a tenant. An application that keeps the number of the last change that it took in of a resource can
   * pass over one that comes again, or too late.
   */
  readonly sequence: number
}

/** What a hook is given beside the change. */
export interface HookContext {
  /** Aborted when the hook has taken longer than `limits.hookTimeout`; it counts as failed then. */
  readonly signal: AbortSignal
}

/** Hooks by the kind of change. */
export type BeforeHooks = {
  readonly [Kind in keyof ScimChanges]?:
    | ((change: ScimChanges[Kind], context: HookContext) => void | Promise<void>)
    | undefined
}

/** Hooks by the kind of change. */
export type AfterHooks = {
  readonly [Kind in keyof ScimChanges]?:
    | ((change: MadeChange<ScimChanges[Kind]>, context: HookContext) => void | Promise<void>)
    | undefined
}

/** Every kind of change. */
export const changeKinds: ReadonlySet<string> = new Set<keyof ScimChanges>([
  'provision',
  'update',
  'activate',
  'deactivate',
  'deprovision',
  'join',
  'leave',
])

/**
 * Names what a change is about, and thereby what it keeps its order with.
 *
 * @param change The change.
 * @returns The resource; of a join or leave the membership.
 */
export function toOutboxKey(change: ScimChange): OutboxKey {
  if (change.kind === 'join' || change.kind === 'leave') return { resource: change.id, member: change.member.value }
  return { resource: change.id }
}

/**
 * Writes {@link toOutboxKey} as one text.
 *
 * @param change The change.
 * @returns Text that is the same for changes that keep an order.
 */
export function keyOf(change: ScimChange): string {
  const { resource, member } = toOutboxKey(change)
  return JSON.stringify([resource, member])
}

/**
 * Tells whether a change takes access away, so that it must get through whatever failed before it.
 *
 * @param change The change.
 * @returns What becomes of the changes before it; `undefined` when it waits for them.
 */
export function urgencyOf({ kind }: ScimChange): OutboxChange['urgency'] {
  if (kind === 'deactivate') return 'overtakes'
  return kind === 'deprovision' || kind === 'leave' ? 'ends' : undefined
}
