import { foldCase } from '@scimkit/core/schema'
import { badRequest } from '../bad-request.js'
import { tolerate } from '../compatibility/reading.js'
import { findReferred } from '../request/location.js'
import type { ResourceContext } from '../service/request-context.js'
import type { ServedResource } from '../service/served-resource.js'
import type { Member } from '../store/resource-store.js'
import type { WriteAttempt } from './attempt-write.js'
import type { Elsewhere } from './elsewhere.js'

/** An element of `members` as a client writes it. */
export interface GivenMember {
  readonly value?: unknown
  readonly type?: unknown
  readonly display?: unknown
  readonly $ref?: unknown
}

/** Attempt at the write of a resource, with what was found in other stores before it. */
export interface ResourceAttempt extends WriteAttempt {
  readonly elsewhere: Elsewhere
}

/**
 * Looks for members in the stores that the write does not concern; {@link findMembers} asks for them within a transaction.
 *
 * @param context Request that writes the group.
 * @param elsewhere Where it is noted which of them exist.
 * @param given Elements as the client wrote them.
 */
export async function lookForMembers(
  context: ResourceContext,
  elsewhere: Elsewhere,
  given: readonly GivenMember[],
): Promise<void> {
  const types = memberTypes(context)
  for (const member of given) {
    if (typeof member.value === 'string') await elsewhere.look(orderTypes(context, types, member), member.value)
  }
}

/**
 * Finds the resources that are to become members, so that no group names one of another tenant, or one that does not exist.
 *
 * @param attempt Attempt at the write of the group.
 * @param given Elements as the client wrote them; several with one id count once.
 * @returns The members with the type they really have.
 * @throws {ScimError} 400 `invalidValue` when an element does not name a resource that can be a member.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-4.2
 */
export async function findMembers(attempt: ResourceAttempt, given: readonly GivenMember[]): Promise<readonly Member[]> {
  const { context } = attempt
  const types = memberTypes(context)
  const members = new Map<string, Member>()
  for (const member of given) {
    const { value, display } = member
    if (typeof value !== 'string' || value === '') {
      throw badRequest('invalidValue', 'members: each element needs the id of a resource as its value')
    }
    if (members.has(value)) continue
    const found = await findType(attempt, orderTypes(context, types, member), value)
    if (found === undefined) {
      const detail = 'a member that does not exist was ignored'
      if (tolerate(context.reading, { rule: 'skipUnknownMembers', path: 'members', detail })) continue
      throw badRequest(
        'invalidValue',
        'members: the value of an element must be the id of a resource that can be a member',
      )
    }
    members.set(value, { value, type: found, ...(typeof display === 'string' && { display }) })
  }
  return [...members.values()]
}

/** Types that the schema allows as members and that are served here; all served types when it names none of them. */
function memberTypes({ service, served: group }: ResourceContext): readonly ServedResource[] {
  const attribute = group.definition.index.get('members')?.attribute
  const allowed = attribute?.subAttributes?.find(({ name }) => name === '$ref')?.referenceTypes ?? []
  const served = service.served.filter(({ definition }) => allowed.includes(definition.name))
  return served.length > 0 ? served : service.served
}

/** The type that an element names comes first. */
function orderTypes(
  context: ResourceContext,
  types: readonly ServedResource[],
  { type: given, $ref }: GivenMember,
): readonly ServedResource[] {
  const named = given ?? (typeof $ref === 'string' ? findReferred(context, $ref)?.type : undefined)
  if (typeof named !== 'string') return types
  const first = types.find(({ definition }) => foldCase(definition.name) === foldCase(named))
  return first ? [first, ...types.filter((type) => type !== first)] : types
}

async function findType(
  { context, store, elsewhere }: ResourceAttempt,
  types: readonly ServedResource[],
  id: string,
): Promise<string | undefined> {
  for (const type of types) {
    const exists = elsewhere.holds(type) ? elsewhere.has(type, id) : await store.get(context.for(type).storeContext, id)
    if (exists) return type.definition.name
  }
  return undefined
}
