import type { Principal } from '../principal.js'
import type { StoredResource, TenantId } from '../resource-store.js'

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

/** `active` is true and was not before. A resource that only loses `active` is told as an update. */
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

/** A resource is no member of a group any more; also told when it was deleted. */
export interface LeaveChange extends ChangeFacts<'leave'> {
  readonly member: { readonly value: string; readonly type?: string | undefined }
}

/** The changes that hooks are told about, by kind. */
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
  /** Unique; the same at each delivery, so that whoever notes it does nothing twice. */
  readonly changeId: string
}

/** Hooks by the kind of change. */
export type BeforeHooks = {
  readonly [Kind in keyof ScimChanges]?: ((change: ScimChanges[Kind]) => void | Promise<void>) | undefined
}

/** Hooks by the kind of change. */
export type AfterHooks = {
  readonly [Kind in keyof ScimChanges]?: ((change: MadeChange<ScimChanges[Kind]>) => void | Promise<void>) | undefined
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
 * Names the resources that a change concerns.
 *
 * @param change The change.
 * @returns Their ids; of a join or leave the group's and the member's.
 */
export function resourcesOf(change: ScimChange): readonly string[] {
  return change.kind === 'join' || change.kind === 'leave' ? [change.id, change.member.value] : [change.id]
}
