import { type AttributePath, findAttribute } from '@scimkit/core/schema'
import { attributesOf, compileFilter, type Filter } from '@scimkit/filter-parser'
import type { RequestContext, ResourceContext } from '../service/request-context.js'
import type { ServedResource } from '../service/served-resource.js'
import type { Member, StoredResource, StorePage, StoreQuery } from '../store/resource-store.js'

/** What of a filter has to be looked up in the membership port. */
interface Relations {
  readonly members: boolean
  readonly groups: boolean
}

/** Resources and members that are read at once. */
const batch = 500

/**
 * Asks a store, and resolves the terms on `members` and `groups` through its membership port where the store does not
 * say that it does so itself: it would find nothing. Every resource that the rest of the filter leaves is then looked at.
 *
 * @param context Request with its tenant.
 * @param query The query.
 * @returns The page; one by position may hold fewer resources than were requested.
 */
export async function queryStore(context: ResourceContext, query: StoreQuery): Promise<StorePage<StoredResource>> {
  const { served } = context
  const { filter } = query
  const relations = filter && findRelations(context, filter)
  if (!filter || !relations || served.store.resolvesMembership) {
    return served.store.query(context.storeContext, query)
  }
  const matches = compileFilter(filter, served.definition)
  const find = async (resources: readonly StoredResource[]): Promise<readonly StoredResource[]> => {
    const views = await showRelations(context, resources, relations)
    return resources.filter((_, index) => matches(views[index] ?? {}))
  }
  const rest = { ...query, filter: withoutRelations(context, filter) }
  return 'startIndex' in query.page
    ? pageByIndex(context, rest, query.page, find)
    : pageByPosition(context, rest, query.page, find)
}

type FindMatches = (resources: readonly StoredResource[]) => Promise<readonly StoredResource[]>

/** All matches are counted, and those of the page are kept. */
async function pageByIndex(
  context: ResourceContext,
  query: StoreQuery,
  page: { readonly startIndex: number; readonly count: number },
  find: FindMatches,
): Promise<StorePage<StoredResource>> {
  const { served } = context
  const resources: StoredResource[] = []
  let totalResults = 0
  let after: string | undefined
  do {
    const read = await served.store.query(context.storeContext, { ...query, page: { after, count: batch } })
    const found = await find(read.resources)
    const start = Math.max(0, page.startIndex - 1 - totalResults)
    resources.push(...found.slice(start, start + page.count - resources.length))
    totalResults += found.length
    after = read.next
  } while (after !== undefined)
  return { resources, totalResults }
}

/** A page ends where one of the store's ends, so that its position is the store's own. */
async function pageByPosition(
  context: ResourceContext,
  query: StoreQuery,
  page: { readonly after: string | undefined; readonly count: number },
  find: FindMatches,
): Promise<StorePage<StoredResource>> {
  const { served } = context
  let { after } = page
  for (;;) {
    const read = await served.store.query(context.storeContext, { ...query, page: { ...page, after } })
    const resources = await find(read.resources)
    if (resources.length > 0 || read.next === undefined || page.count === 0) return { resources, next: read.next }
    after = read.next
  }
}

/** @returns `undefined` where the filter asks neither for members nor for groups that a membership port knows. */
function findRelations(context: ResourceContext, filter: Filter): Relations | undefined {
  const { served } = context
  const names = new Set(attributesOf(filter).map((path) => relationOf(context, served, path)))
  const relations = { members: names.has('members'), groups: names.has('groups') }
  return relations.members || relations.groups ? relations : undefined
}

function relationOf(
  { service }: RequestContext,
  served: ServedResource,
  path: AttributePath,
): 'members' | 'groups' | undefined {
  const { extension, attribute } = findAttribute(served.definition, path) ?? {}
  if (extension) return undefined
  if (attribute?.name === 'members' && served.members) return 'members'
  return attribute?.name === 'groups' && served.hasGroups && service.groups.length > 0 ? 'groups' : undefined
}

/** What the whole filter implies without such terms: the other parts of a conjunction. */
function withoutRelations(context: ResourceContext, filter: Filter): Filter | undefined {
  if (!findRelations(context, filter)) return filter
  if (filter.kind !== 'and') return undefined
  const filters = filter.filters.flatMap((term) => withoutRelations(context, term) ?? [])
  return filters.length > 1 ? { kind: 'and', filters } : filters[0]
}

/** The resources as the filter sees them. */
async function showRelations(
  context: ResourceContext,
  resources: readonly StoredResource[],
  relations: Relations,
): Promise<readonly object[]> {
  const groups = relations.groups ? await findGroups(context, resources) : undefined
  const views: object[] = []
  for (const resource of resources) {
    const members = relations.members ? await listMembers(context, resource.id) : []
    views.push({
      ...resource,
      ...(members.length > 0 && { members }),
      ...(groups && { groups: groups.get(resource.id) ?? [] }),
    })
  }
  return views
}

async function findGroups(
  context: RequestContext,
  resources: readonly StoredResource[],
): Promise<ReadonlyMap<string, readonly object[]>> {
  const ids = resources.map(({ id }) => id)
  const groups = new Map<string, object[]>()
  for (const type of context.service.groups) {
    const found = await type.members?.groupsOf(context.for(type).storeContext, ids)
    for (const [id, memberships] of found ?? []) {
      const elements = memberships.map(({ group, ...rest }) => ({ value: group, ...rest }))
      groups.set(id, [...(groups.get(id) ?? []), ...elements])
    }
  }
  return groups
}

async function listMembers(context: ResourceContext, groupId: string): Promise<Member[]> {
  const { served } = context
  const members: Member[] = []
  let after: string | undefined
  do {
    const page = await served.members?.page(context.storeContext, groupId, { after, count: batch })
    members.push(...(page?.members ?? []))
    after = page?.next
  } while (after !== undefined)
  return members
}
