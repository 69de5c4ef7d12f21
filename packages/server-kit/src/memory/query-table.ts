import { type AttributePath, compareText, foldCase } from '@scimkit/core/schema'
import { attributesOf, compileFilter, type Filter, type SortKey } from '@scimkit/filter-parser'
import { createSortOrder } from '../sort-resources.js'
import type { PageRequest, StoredResource, StorePage, StoreQuery } from '../store/resource-store.js'
import { findCandidates } from './find-candidates.js'
import type { MemoryTable } from './memory-table.js'
import type { MemoryTenant } from './memory-tenant.js'

/**
 * Carries out a query on a table.
 *
 * @param tenant Tenant whose relation answers for `members` and `groups`.
 * @param table Table that is queried.
 * @param query The query.
 * @returns The page with the number of all matches.
 */
export function queryTable(tenant: MemoryTenant, table: MemoryTable, query: StoreQuery): StorePage<StoredResource> {
  if (query.sortBy) return pageSorted(tenant, table, query, query.sortBy)
  return pageIds(table, query.filter ? matchingIds(tenant, table, query.filter) : table.ids.list(), query.page)
}

function matchingIds(tenant: MemoryTenant, table: MemoryTable, filter: Filter): readonly string[] {
  const matches = compileFilter(filter, table.definition, { unknownAttribute: 'noValue' })
  const view = viewRelations(tenant, table, filter)
  const isMatch = (id: string): boolean => {
    const resource = table.byId.get(id)
    return resource !== undefined && matches(view(resource))
  }
  const candidates = findCandidates(table, tenant.relation, filter)
  if (!candidates) return table.ids.list().filter(isMatch)
  return [...candidates].filter(isMatch).sort(compareText)
}

interface Ranked {
  readonly key: SortKey
  readonly id: string
}

function pageSorted(
  tenant: MemoryTenant,
  table: MemoryTable,
  { filter, sortOrder, page }: StoreQuery,
  sortBy: NonNullable<StoreQuery['sortBy']>,
): StorePage<StoredResource> {
  const order = createSortOrder(sortBy, sortOrder ?? 'ascending')
  const view = viewRelations(tenant, table, sortBy)
  const compare = (left: Ranked, right: Ranked): number =>
    order.compare(left.key, right.key) || compareText(left.id, right.id)
  const matching = filter ? matchingIds(tenant, table, filter) : table.ids.list()
  const ranked = resourcesOf(table, matching)
    .map((resource): Ranked => ({ id: resource.id, key: order.keyOf(view(resource)) }))
    .sort(compare)
  const start = 'startIndex' in page ? page.startIndex - 1 : startBehind(ranked, page.after, compare)
  const found = ranked.slice(start, start + page.count)
  const resources = resourcesOf(
    table,
    found.map(({ id }) => id),
  )
  const last = found.at(-1)
  if ('startIndex' in page || !last || start + found.length >= ranked.length) {
    return { resources, totalResults: ranked.length }
  }
  return { resources, totalResults: ranked.length, next: JSON.stringify([last.id, last.key]) }
}

/** The position holds the key itself, so that it stays right when its resource is changed or deleted meanwhile. */
function startBehind(
  ranked: readonly Ranked[],
  after: string | undefined,
  compare: (left: Ranked, right: Ranked) => number,
): number {
  if (after === undefined) return 0
  const [id, key] = JSON.parse(after) as [string, SortKey] // written by pageSorted
  return positionBehind(ranked, (entry) => compare(entry, { id, key: key ?? undefined }))
}

/**
 * Gives one page of a table.
 *
 * @param table Table that is queried.
 * @param ids All matches, in order.
 * @param page Which of them are wanted.
 * @returns The page with the number of all matches.
 */
function pageIds(table: MemoryTable, ids: readonly string[], page: PageRequest): StorePage<StoredResource> {
  if ('startIndex' in page) {
    const start = page.startIndex - 1
    return { resources: resourcesOf(table, ids.slice(start, start + page.count)), totalResults: ids.length }
  }
  const { after } = page
  const start = after === undefined ? 0 : positionBehind(ids, (id) => compareText(id, after))
  const found = ids.slice(start, start + page.count)
  const last = found.at(-1)
  const more = start + found.length < ids.length && last !== undefined
  return { resources: resourcesOf(table, found), totalResults: ids.length, ...(more && { next: last }) }
}

/**
 * @param table Table of the resources.
 * @param ids Ids of resources, in order.
 * @returns Those that the table has.
 */
function resourcesOf(table: MemoryTable, ids: readonly string[]): StoredResource[] {
  const resources: StoredResource[] = []
  for (const id of ids) {
    const resource = table.byId.get(id)
    if (resource) resources.push(resource)
  }
  return resources
}

/**
 * @param ordered Entries in order.
 * @param compareWith Compares an entry with a position.
 * @returns Index of the first entry behind the position.
 */
function positionBehind<T>(ordered: readonly T[], compareWith: (entry: T) => number): number {
  const position = ordered.findIndex((entry) => compareWith(entry) > 0)
  return position < 0 ? ordered.length : position
}

/**
 * Makes the view under which a filter or a sort key sees resources: `members` and `groups` come from the relation, and
 * only when they are asked about.
 *
 * @param tenant Tenant whose relation answers.
 * @param table Table of the resources.
 * @param asked Filter, or the attribute that is sorted by.
 * @returns A function that gives the resource itself where no relation is asked about.
 */
function viewRelations(
  tenant: MemoryTenant,
  table: MemoryTable,
  asked: Filter | NonNullable<StoreQuery['sortBy']>,
): (resource: StoredResource) => object {
  const names = new Set('kind' in asked ? attributesOf(asked).map(relationOf) : [asked.attribute?.name])
  const members = names.has('members') && hasAttribute(table, 'members')
  const groups = names.has('groups') && hasAttribute(table, 'groups')
  if (!members && !groups) return (resource) => resource
  return (resource) => ({
    ...resource,
    ...(members && tenant.relation.count(resource.id) > 0 && { members: membersOf(tenant, resource.id) }),
    ...(groups && { groups: groupsOf(tenant, resource.id) }),
  })
}

function relationOf({ name }: AttributePath): string {
  return foldCase(name)
}

function hasAttribute(table: MemoryTable, name: string): boolean {
  return table.definition?.index.has(name) ?? false
}

function membersOf(tenant: MemoryTenant, groupId: string): readonly object[] {
  return tenant.relation.page(groupId, undefined, Number.MAX_SAFE_INTEGER)
}

function groupsOf(tenant: MemoryTenant, id: string): readonly object[] {
  return Array.from(tenant.relation.allGroupsOf(id), ([value, type]) => ({ value, type, ...displayOf(tenant, value) }))
}

function displayOf(tenant: MemoryTenant, groupId: string): object {
  const display = tenant.findResource(groupId)?.displayName
  return typeof display === 'string' ? { display } : {}
}
