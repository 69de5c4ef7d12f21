import { foldCase } from '@scimkit/core/schema'
import { badRequest } from '../bad-request.js'
import { tolerate } from '../compatibility/reading.js'
import { findReferred } from '../request/location.js'
import type { ResourceContext } from '../service/request-context.js'
import type { ServedResource } from '../service/served-resource.js'
import type { Member } from '../store/resource-store.js'
import type { WriteAttempt } from './attempt-write.js'

/** An element of `members` as a client writes it. */
export interface GivenMember {
  readonly value?: unknown
  readonly type?: unknown
  readonly display?: unknown
  readonly $ref?: unknown
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
export async function findMembers(attempt: WriteAttempt, given: readonly GivenMember[]): Promise<readonly Member[]> {
  const { context } = attempt
  const types = memberTypes(context)
  const members = new Map<string, Member>()
  for (const { value, type, display, $ref } of given) {
    if (typeof value !== 'string' || value === '') {
      throw badRequest('invalidValue', 'members: each element needs the id of a resource as its value')
    }
    if (members.has(value)) continue
    const named = type ?? (typeof $ref === 'string' ? findReferred(context, $ref)?.type : undefined)
    const found = await findType(attempt, orderTypes(types, named), value)
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

function orderTypes(types: readonly ServedResource[], named: unknown): readonly ServedResource[] {
  if (typeof named !== 'string') return types
  const first = types.find(({ definition }) => foldCase(definition.name) === foldCase(named))
  return first ? [first, ...types.filter((type) => type !== first)] : types
}

async function findType(
  { context, store }: WriteAttempt,
  types: readonly ServedResource[],
  id: string,
): Promise<string | undefined> {
  for (const type of types) {
    const source = type.store === context.served.store ? store : type.store
    if (await source.get(context.for(type).storeContext, id)) return type.definition.name
  }
  return undefined
}
