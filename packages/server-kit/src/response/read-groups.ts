import { encodeId } from '../request/location.js'
import type { RequestContext } from '../service/request-context.js'
import type { Membership, StoredResource } from '../store/resource-store.js'

/**
 * Reads which groups resources are in, from the relation that also holds their members.
 *
 * @param context Request that is answered.
 * @param resources Resources of one page.
 * @param parts Sub-attributes that the response carries.
 * @returns The elements of `groups` by id; an id without groups may be absent.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-4.1.2
 */
export async function readGroups(
  context: RequestContext,
  resources: readonly StoredResource[],
  parts: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly object[]>> {
  const elements = new Map<string, readonly object[]>()
  if (resources.length === 0) return elements
  const ids = resources.map(({ id }) => id)
  for (const group of context.service.groups) {
    const found = await group.members?.groupsOf(context.for(group).storeContext, ids)
    for (const [id, memberships] of found ?? []) {
      if (memberships.length === 0) continue
      const known = elements.get(id) ?? []
      elements.set(id, [...known, ...memberships.map((membership) => toGroupElement(context, membership, parts))])
    }
  }
  return elements
}

function toGroupElement(
  context: RequestContext,
  { group, display, type }: Membership,
  parts: ReadonlySet<string>,
): object {
  const endpoint = context.service.groups[0]?.endpoint ?? ''
  return {
    ...(parts.has('value') && { value: group }),
    ...(parts.has('$ref') && { $ref: `${context.baseUrl}${endpoint}/${encodeId(group)}` }),
    ...(display !== undefined && parts.has('display') && { display }),
    ...(parts.has('type') && { type }),
  }
}
