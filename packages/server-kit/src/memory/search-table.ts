import { compareText } from '@scimkit/core/schema'
import type { SortKey } from '@scimkit/filter-parser'
import { compileFilter, type Filter } from '@scimkit/filter-parser'
import { createSortOrder } from '../sort-resources.js'
import type { StoredResource, StorePage, StoreQuery } from '../store.js'
import { findCandidates } from './find-candidates.js'
import type { MemoryTable } from './memory-table.js'
import type { MemoryTenant } from './memory-tenant.js'
import { pageIds, positionBehind, resourcesOf } from './page-table.js'
import { viewRelations } from './view-relations.js'

/**
 * Carries out a query with a filter or a sort key on a table.
 *
 * @param tenant Tenant whose relation answers for `members` and `groups`.
 * @param table Table that is queried.
 * @param query The query.
 * @returns The page with the number of all matches.
 */
export function searchTable(tenant: MemoryTenant, table: MemoryTable, query: StoreQuery): StorePage<StoredResource> {
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
