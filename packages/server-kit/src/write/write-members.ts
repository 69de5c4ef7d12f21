import { compileFilter, type Filter } from '@scimkit/filter-parser'
import { badRequest } from '../bad-request.js'
import { tolerate } from '../compatibility/reading.js'
import type { MembershipStep } from '../patch/membership-step.js'
import { isConditional } from '../request/check-precondition.js'
import { locationOf } from '../request/location.js'
import type { RequestContext } from '../service/request-context.js'
import type { Member, MembershipChange, MembershipPort, MembershipWrite, StoredMeta } from '../store/resource-store.js'
import type { StoreContext } from '../store/store-context.js'
import { findMembers, type ResourceAttempt } from './find-members.js'

/** A group whose members are written. */
interface GroupWrite {
  readonly attempt: ResourceAttempt
  readonly groupId: string
  readonly port: MembershipPort
  readonly storeContext: StoreContext
}

/**
 * Carries out the writes of a request to the members of a group, in their order. No step reads the whole list, but for
 * a filter that asks for more than ids.
 *
 * @param attempt Attempt at the write, in a transaction.
 * @param group Id and `meta` of the group as the transaction has it.
 * @param steps The writes.
 * @returns `meta` of the group afterwards.
 * @throws {ScimError} 400 `invalidValue` for a member that does not exist, `noTarget`, `mutability`; 412.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export async function writeMembers(
  attempt: ResourceAttempt,
  group: { readonly id: string; readonly meta: StoredMeta },
  steps: readonly MembershipStep[],
): Promise<StoredMeta> {
  const write = toGroupWrite(attempt, group.id)
  let { meta } = group
  for (const step of steps) {
    const change = await writeStep(write, step, toOptions(attempt, meta))
    if (change) ({ meta } = change)
  }
  return meta
}

/**
 * Makes the members that a whole resource lists the only ones of a group.
 *
 * @param attempt Attempt at the write, in a transaction.
 * @param group Id and `meta` of the group as the transaction has it.
 * @param members The members, which are known to exist.
 * @returns `meta` of the group afterwards.
 * @throws {ScimError} 400 `mutability` for a member with another `display`; 412.
 */
export async function writeMemberList(
  attempt: ResourceAttempt,
  group: { readonly id: string; readonly meta: StoredMeta },
  members: readonly Member[],
): Promise<StoredMeta> {
  const { port, storeContext } = toGroupWrite(attempt, group.id)
  const change = await port.replace(storeContext, group.id, members, toOptions(attempt, group.meta))
  return checkDisplays(attempt.context, change).meta
}

function toGroupWrite(attempt: ResourceAttempt, groupId: string): GroupWrite {
  const { context, members: port } = attempt
  if (!port) throw new TypeError(`A transaction of the store of ${context.served.definition.name} has no members`)
  return { attempt, groupId, port, storeContext: context.storeContext }
}

/** Without a condition, writers that change members at the same time do not compare versions. */
function toOptions({ context }: ResourceAttempt, { version }: StoredMeta): MembershipWrite {
  return { now: context.now, expectedVersion: isConditional(context.incoming) ? version : undefined }
}

async function writeStep(
  write: GroupWrite,
  step: MembershipStep,
  options: MembershipWrite,
): Promise<MembershipChange | undefined> {
  const { attempt, groupId, port, storeContext } = write
  switch (step.kind) {
    case 'add':
    case 'replace': {
      const members = await findMembers(attempt, step.members)
      return checkDisplays(attempt.context, await port[step.kind](storeContext, groupId, members, options))
    }
    case 'name': {
      await requireMember(write, step)
      const members = await findMembers(attempt, [step.member])
      const change = await port.add(storeContext, groupId, members, options)
      if (change.differing?.length) throw step.refusal
      return change
    }
    case 'remove':
      return port.remove(storeContext, groupId, step.ids, options)
    case 'removeAll':
      return port.replace(storeContext, groupId, [], options)
    case 'removeWhere': {
      const found = await findMatching(write, step.filter)
      const ids = found.map(({ value }) => value)
      return port.remove(storeContext, groupId, ids, options)
    }
    case 'require':
      await requireMember(write, step)
      return undefined
  }
}

/**
 * Rule `memberDisplay`: what comes beside the id of a member that is there already says nothing new.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.1
 */
function checkDisplays({ reading }: RequestContext, change: MembershipChange): MembershipChange {
  if (!change.differing?.length) return change
  const detail = 'a member has another display, which it keeps'
  if (tolerate(reading, { rule: 'memberDisplay', path: 'members.display', detail })) return change
  throw badRequest('mutability', 'members.display is immutable and has a value; leave it as it is')
}

async function requireMember(
  write: GroupWrite,
  step: Extract<MembershipStep, { kind: 'require' | 'name' }>,
): Promise<void> {
  const { groupId, port, storeContext } = write
  const exists = step.ids
    ? (await port.has(storeContext, groupId, step.ids)).size > 0
    : (await findMatching(write, step.filter)).length > 0
  if (!exists) throw badRequest('noTarget', 'members: the filter of the path matches no member')
  if (step.kind === 'require' && step.refusal) throw step.refusal
}

/** Members per page while a filter is asked; the list is never held as a whole. */
const pageSize = 1_000

async function findMatching(
  { attempt: { context }, groupId, port, storeContext }: GroupWrite,
  filter: Filter,
): Promise<Member[]> {
  const matches = compileFilter({ kind: 'valuePath', path: { name: 'members' }, filter }, context.served.definition)
  const found: Member[] = []
  let after: string | undefined
  do {
    const page = await port.page(storeContext, groupId, { after, count: pageSize })
    found.push(...page.members.filter((member) => matches({ members: [withReference(context, member)] })))
    after = page.next
  } while (after !== undefined)
  return found
}

/** A member as it is returned, since a client may select it by its `$ref`. */
function withReference(context: RequestContext, member: Member): object {
  const type = context.service.byName.get(member.type)
  return type ? { ...member, $ref: locationOf(context, type, member.value) } : member
}
