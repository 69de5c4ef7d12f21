import { foldCase, ScimError } from '@scimkit/core/schema'
import { tolerate } from '../compatibility/reading.js'
import { findReferred } from '../request/location.js'
import type { RequestContext, ResourceContext } from '../request-context.js'
import type { ServedResource } from '../service/served-resource.js'
import type { Member, ResourceStore, StoredResource } from '../store.js'

/** An element of `members` as a client writes it. */
export interface GivenMember {
  readonly value?: unknown
  readonly type?: unknown
  readonly display?: unknown
  readonly $ref?: unknown
}

/**
 * Finds the resources that shall become members, so that no group ever names anybody of another tenant or nobody.
 *
 * @param context Request with its tenant.
 * @param given Elements as the client wrote them; several with one id count once.
 * @param store Store of the transaction that will add them.
 * @returns The members with the type they really have.
 * @throws {ScimError} 400 `invalidValue` when an element names no resource that can be a member.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-4.2
 */
export async function findMembers(
  context: ResourceContext,
  given: readonly GivenMember[],
  store: ResourceStore,
): Promise<readonly Member[]> {
  const group = context.served
  const types = memberTypes(context, group)
  const members = new Map<string, Member>()
  for (const { value, type, display, $ref } of given) {
    if (typeof value !== 'string' || value === '')
      throw invalidMember('members: each element needs the id as its value')
    if (members.has(value)) continue
    const named = type ?? (typeof $ref === 'string' ? findReferred(context, $ref)?.type : undefined)
    const found = await findType(context.for(group), orderTypes(types, named), value, store)
    if (found === undefined) {
      const detail = 'a member that does not exist was passed over'
      if (tolerate(context.reading, { rule: 'skipUnknownMembers', path: 'members', detail })) continue
      throw invalidMember('members: an element names no resource that can be a member')
    }
    members.set(value, { value, type: found, ...(typeof display === 'string' && { display }) })
  }
  return [...members.values()]
}

/** Types that the schema allows as members and that are served here; all served types when it names none of them. */
function memberTypes({ service }: RequestContext, group: ServedResource): readonly ServedResource[] {
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
  context: ResourceContext,
  types: readonly ServedResource[],
  id: string,
  store: ResourceStore,
): Promise<string | undefined> {
  const group = context.served
  for (const type of types) {
    const source = type.store === group.store ? store : type.store
    const found: StoredResource | undefined = await source.get(context.for(type).storeContext, id)
    if (found) return type.definition.name
  }
  return undefined
}

function invalidMember(detail: string): ScimError {
  return new ScimError(400, detail, { scimType: 'invalidValue' })
}
