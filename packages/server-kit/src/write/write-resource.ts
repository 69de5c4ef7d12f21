import type { MembershipStep } from '../patch/membership-step.js'
import { checkPrecondition } from '../request/check-precondition.js'
import type { PasswordChange } from '../request/read-resource.js'
import type { ResourceContext } from '../service/request-context.js'
import type { ServedResource } from '../service/served-resource.js'
import type { Member, StoredMeta, StoredResource } from '../store/resource-store.js'
import { type Attempted, attemptWrite, type WriteOptions, type Written } from './attempt-write.js'
import { checkReferences } from './check-references.js'
import { Elsewhere } from './elsewhere.js'
import { findMembers, type GivenMember, lookForMembers, type ResourceAttempt } from './find-members.js'
import type { Preparation } from './hooked-write.js'
import { keepPrivileges } from './keep-privileges.js'
import { requireResource } from './require-resource.js'
import { preparePassword, setPassword } from './set-password.js'
import { writeMemberList, writeMembers } from './write-members.js'

/** What a request makes of a resource. */
export interface ResourceChange {
  /** The resource afterwards; the same object as before where nothing changes, absent where it is deleted. */
  readonly next?: StoredResource | undefined
  readonly password?: PasswordChange
  /** Writes to the members of the group that the resource is, one after the other. */
  readonly members?: readonly MembershipStep[]
  /** All members that the group has afterwards, as the client lists them. */
  readonly memberList?: readonly GivenMember[] | undefined
  /** Types of groups in the same store, which the resource leaves when it is deleted. */
  readonly leaves?: readonly ServedResource[]
}

/** The write of one request to one resource, which does not exist yet where it has no id. */
export interface ResourceWrite<Current extends StoredResource | undefined> extends WriteOptions {
  /** Makes the change of the resource as it was read; it is asked again when another write came between. */
  readonly change: (current: Current) => ResourceChange
  /** Elements of `members` that the change may make members of a group. */
  readonly mentions?: readonly GivenMember[] | undefined
}

/**
 * Carries out the write of a request, whatever its method: read, check the precondition, change, check, store, tell.
 *
 * @param context Request that writes.
 * @param write The change, and how it is carried out.
 * @returns The resource afterwards; of a deleted one the last state.
 * @throws {ScimError} 404, 412, 409 `uniqueness`, 400 and 403 by what is checked; 503 after ten attempts.
 * @throws {NotTold} When the write is done and a required after-hook failed.
 */
export async function writeResource<Current extends StoredResource | undefined>(
  context: ResourceContext,
  write: ResourceWrite<Current>,
): Promise<StoredResource> {
  const { id, mentions = [] } = write
  const elsewhere = new Elsewhere(context)
  await lookForMembers(context, elsewhere, mentions)
  const written = await attemptWrite(context, write, async (bare): Promise<Attempted<StoredResource>> => {
    const attempt = { ...bare, elsewhere }
    const current = (id === undefined ? undefined : await requireResource(context, id, attempt.store)) as Current // a write without id is that of a new resource
    if (current) checkPrecondition(context.incoming, current.meta.version)
    const change = write.change(current)
    const checked = await check(attempt, current, change)
    if ('prepare' in checked) return checked
    return { result: await store(attempt, current, checked) }
  })
  await tell(written)
  return written.result
}

/**
 * Takes a deleted resource out of the groups of a type whose store it did not share.
 *
 * @param context Request that deleted it, as it concerns the groups.
 * @param id Id of the resource.
 * @throws {NotTold} When that is done and a required after-hook failed.
 */
export async function forgetMember(context: ResourceContext, id: string): Promise<void> {
  const forgotten = await attemptWrite(context, { atomic: false, isDecided: true }, async ({ members }) => {
    await members?.forget(context.storeContext, id, context.now)
    return { result: undefined }
  })
  await tell(forgotten)
}

/** A change that may be stored. */
interface CheckedChange extends Omit<ResourceChange, 'memberList'> {
  readonly found: readonly Member[] | undefined
}

/** Checks what only both states together show, and ends with what is to be stored. */
async function check(
  attempt: ResourceAttempt,
  current: StoredResource | undefined,
  change: ResourceChange,
): Promise<CheckedChange | Preparation> {
  const { context, hooks, canRollBack } = attempt
  let { next } = change
  if (context.purpose.isMe && current && next) next = keepPrivileges(context, current, next)
  if (next && context.service.references) {
    const unknown = await checkReferences(attempt, current, next)
    if (unknown && canRollBack) return unknown
    await unknown?.prepare()
  }
  const found = change.memberList && (await findMembers(attempt, change.memberList))
  const password = preparePassword(attempt, change.password)
  if (typeof password === 'object' && password !== null) return password
  const isChanged = !next || next !== current || password !== undefined
  if (isChanged && next && current) next = { ...next, id: current.id, meta: raiseVersion(current.meta, context.now) }
  if (isChanged) hooks?.describe(current, next, password !== undefined)
  // Where nothing can be taken back, the application is asked when the change is known and nothing is written yet.
  return (canRollBack ? undefined : hooks?.findUnapproved()) ?? { ...change, next, password, found }
}

/** @returns `lastModified` is never before what it was, even when the clock was set back. */
function raiseVersion(meta: StoredMeta, now: string): StoredMeta {
  return {
    ...meta,
    lastModified: now > meta.lastModified ? now : meta.lastModified,
    version: String(Number(meta.version) + 1),
  }
}

async function store(
  attempt: ResourceAttempt,
  current: StoredResource | undefined,
  { next, password, found, members = [], leaves = [] }: CheckedChange,
): Promise<StoredResource> {
  const { context, store } = attempt
  if (!next) return remove(attempt, current, leaves)
  let stored = next
  if (!current) stored = await store.create(context.storeContext, next)
  else if (next !== current) stored = await store.replace(context.storeContext, current, next)
  await setPassword(context, stored.id, password)
  if (found) return { ...stored, meta: await writeMemberList(attempt, stored, found) }
  return members.length === 0 ? stored : { ...stored, meta: await writeMembers(attempt, stored, members) }
}

async function remove(
  { context, store, members }: ResourceAttempt,
  current: StoredResource | undefined,
  groups: readonly ServedResource[],
): Promise<StoredResource> {
  if (!current) throw new TypeError('A write makes a resource, changes one or deletes one')
  await store.delete(context.storeContext, current)
  for (const group of groups) await members?.forget(context.for(group).storeContext, current.id, context.now)
  return current
}

async function tell({ hooks, kept }: Written<unknown>): Promise<void> {
  await hooks?.tell(kept)
}
