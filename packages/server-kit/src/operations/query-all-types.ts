import { compareText, ScimError } from '@scimkit/core/schema'
import type { SortKey } from '@scimkit/filter-parser'
import { type GivenQuery, type ListQuery, readListQuery } from '../request/read-list-query.js'
import { renderResources } from '../response/render-resources.js'
import { respondWithPage } from '../response/respond-with-resources.js'
import type { RequestContext, ResourceContext, ScimResponse } from '../service/request-context.js'
import { createSortOrder, type SortOrder } from '../sort-resources.js'
import type { StoredResource } from '../store/resource-store.js'
import { queryStore } from './query-store.js'
import { readSearchRequest } from './search-resources.js'

/** A query as it is put to one type. */
interface TypeQuery {
  readonly context: ResourceContext
  readonly query: ListQuery
}

/** A resource on its way into a page. */
interface Found extends TypeQuery {
  readonly stored: StoredResource
}

/** A sorted page so deep would make every type sort and send all that comes before it. */
const maxSortedDepth = 10_000

/**
 * `GET /`
 *
 * @param context Request with the parameters of the query.
 * @returns 200 with a page of resources of every type, in the order of the types unless sorted.
 * @throws {ScimError} 400 for a parameter at fault, `tooMany` for a sorted page too deep; 501 for a cursor.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2.1
 */
export function queryAllTypes(context: RequestContext): Promise<ScimResponse> {
  return listAllTypes(context, context.parameters)
}

/**
 * `POST /.search`
 *
 * @param context Request whose body is a SearchRequest.
 * @returns 200 with a page, as for a query by GET.
 * @throws {ScimError} As for a query by GET.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.3
 */
export async function searchAllTypes(context: RequestContext): Promise<ScimResponse> {
  return listAllTypes(context, await readSearchRequest(context))
}

async function listAllTypes(context: RequestContext, given: GivenQuery): Promise<ScimResponse> {
  // A type that does not know an attribute has no value there; the query is not at fault.
  const contexts = context.service.served.map((served) => context.for(served, { spansTypes: true }))
  const queries = contexts.map((within) => ({ context: within, query: readListQuery(within, given) }))
  const [first] = queries
  if (!first || first.query.cursor !== undefined) {
    throw new ScimError(501, 'A query over all resource types cannot be paged by cursor; use startIndex')
  }
  const { startIndex = 1, count } = first.query
  const sorted = queries.some(({ query }) => query.sortBy !== undefined)
  const page = sorted ? await pageSorted(queries, startIndex, count) : await pageInTurn(queries, startIndex, count)
  const resources: (object | string)[] = []
  for (const { context: within, query, stored } of page.found) {
    resources.push(...(await renderResources(within, [stored], query.projection)))
  }
  return respondWithPage(context, resources, { totalResults: page.totalResults, startIndex })
}

interface Page {
  readonly found: readonly Found[]
  readonly totalResults: number
}

/** One type after the other; each is asked, since its number of matches is part of the whole. */
async function pageInTurn(queries: readonly TypeQuery[], startIndex: number, count: number): Promise<Page> {
  const found: Found[] = []
  let totalResults = 0
  for (const { context, query } of queries) {
    const page = await queryStore(context, {
      filter: query.filter,
      page: { startIndex: Math.max(1, startIndex - totalResults), count: count - found.length },
    })
    found.push(...page.resources.map((stored) => ({ context, query, stored })))
    totalResults += page.totalResults ?? page.resources.length
  }
  return { found, totalResults }
}

/** The best of each type up to the end of the page, merged. */
async function pageSorted(queries: readonly TypeQuery[], startIndex: number, count: number): Promise<Page> {
  const end = startIndex - 1 + count
  if (end > maxSortedDepth) {
    throw new ScimError(400, `A sorted query over all types ends at result ${maxSortedDepth}`, { scimType: 'tooMany' })
  }
  const ranked: (Found & { readonly key: SortKey })[] = []
  let order: SortOrder | undefined
  let totalResults = 0
  for (const { context, query } of queries) {
    const { filter, sortBy, sortOrder } = query
    const own = sortBy && createSortOrder(sortBy, sortOrder)
    const page = await queryStore(context, {
      filter,
      sortBy,
      sortOrder,
      page: { startIndex: 1, count: end },
    })
    ranked.push(...page.resources.map((stored) => ({ context, query, stored, key: own?.keyOf(stored) })))
    totalResults += page.totalResults ?? page.resources.length
    order ??= own
  }
  ranked.sort((left, right) => order?.compare(left.key, right.key) || compareText(left.stored.id, right.stored.id))
  return { found: ranked.slice(startIndex - 1, end), totalResults }
}
