import { ScimError } from '@scimkit/core/schema'
import { compileFilter, type Filter } from '@scimkit/filter-parser'
import { tolerate } from '../compatibility/reading.js'
import type { MembershipStep } from '../patch/membership-step.js'
import { isConditional } from '../request/check-precondition.js'
import { locationOf } from '../request/location.js'
import type { RequestContext, ResourceContext } from '../request-context.js'
import type { Member, MembershipChange, MembershipPort, MembershipWrite, ResourceStore, StoredMeta } from '../store.js'
import type { StoreContext } from '../store-context.js'
import { findMembers } from './find-members.js'

/** A group whose members are written, within one transaction. */
interface Writing {
  readonly context: ResourceContext
  readonly groupId: string
  readonly store: ResourceStore
  readonly port: MembershipPort
  readonly storeContext: StoreContext
}

/**
 * Carries out the writes of a request to the members of a group, in their order. No step reads the whole list, but for
 * a filter that asks for more than ids.
 *
 * @param context Request with its tenant.
 * @param group Id and `meta` of the group as the transaction has it.
 * @param steps The writes.
 * @param store Store of the transaction.
 * @returns `meta` of the group afterwards.
 * @throws {ScimError} 400 `invalidValue` for a member that does not exist, `noTarget`, `mutability`; 412.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export async function writeMembers(
  context: ResourceContext,
  group: { readonly id: string; readonly meta: StoredMeta },
  steps: readonly MembershipStep[],
  store: ResourceStore,
): Promise<StoredMeta> {
  const { served } = context
  if (!store.members) throw new TypeError(`A transaction of the store of ${served.definition.name} has no members`)
  const storeContext = context.storeContext
  const writing = { context, served, groupId: group.id, store, port: store.members, storeContext }
  let { meta } = group
  for (const step of steps) {
    const expectedVersion = isConditional(context.incoming) ? meta.version : undefined
    const change = await writeStep(writing, step, { now: context.now, expectedVersion })
    if (change) ({ meta } = change)
  }
  return meta
}

async function writeStep(
  writing: Writing,
  step: MembershipStep,
  write: MembershipWrite,
): Promise<MembershipChange | undefined> {
  const { context, groupId, store, port, storeContext } = writing
  switch (step.kind) {
    case 'add': {
      const members = await findMembers(context, step.members, store)
      return checkDisplays(context, await port.add(storeContext, groupId, members, write))
    }
    case 'replace': {
      const members = await findMembers(context, step.members, store)
      return checkDisplays(context, await port.replace(storeContext, groupId, members, write))
    }
    case 'name': {
      await requireMember(writing, step)
      const members = await findMembers(context, [step.member], store)
      const change = await port.add(storeContext, groupId, members, write)
      if (change.differing?.length) throw step.refusal
      return change
    }
    case 'remove':
      return port.remove(storeContext, groupId, step.ids, write)
    case 'removeAll':
      return port.replace(storeContext, groupId, [], write)
    case 'removeWhere': {
      const found = await findMatching(writing, step.filter)
      return port.remove(
        storeContext,
        groupId,
        found.map(({ value }) => value),
        write,
      )
    }
    case 'require':
      await requireMember(writing, step)
      return undefined
  }
}

/**
 * Rule `memberDisplay`: what comes beside the id of a member that is there already says nothing new.
 *
 * @param context Request with the rules of reading.
 * @param change What a write to the members led to.
 * @returns The same.
 * @throws {ScimError} 400 `mutability` for a member with another `display`, where the rule is off.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.1
 */
export function checkDisplays({ reading }: RequestContext, change: MembershipChange): MembershipChange {
  if (!change.differing?.length) return change
  const detail = 'a member has another display, which it keeps'
  if (tolerate(reading, { rule: 'memberDisplay', path: 'members.display', detail })) return change
  throw new ScimError(400, 'members.display is immutable and has a value; leave it as it is', {
    scimType: 'mutability',
  })
}

async function requireMember(
  writing: Writing,
  step: Extract<MembershipStep, { kind: 'require' | 'name' }>,
): Promise<void> {
  const { groupId, port, storeContext } = writing
  const exists = step.ids
    ? (await port.has(storeContext, groupId, step.ids)).size > 0
    : (await findMatching(writing, step.filter)).length > 0
  if (!exists) throw new ScimError(400, 'members: the filter of the path matches no member', { scimType: 'noTarget' })
  if (step.kind === 'require' && step.refusal) throw step.refusal
}

/** Members per page while a filter is asked; the list is never held as a whole. */
const pageSize = 1_000

async function findMatching({ context, groupId, port, storeContext }: Writing, filter: Filter): Promise<Member[]> {
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
