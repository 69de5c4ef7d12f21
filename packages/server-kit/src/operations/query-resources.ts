import { type GivenQuery, readListQuery } from '../request/read-list-query.js'
import { renderResources } from '../response/render-resources.js'
import { respondWithPage } from '../response/respond-with-resources.js'
import type { ResourceContext, ScimResponse } from '../service/request-context.js'
import { listByCursor } from './list-by-cursor.js'
import { queryStore } from './query-store.js'

/**
 * `GET /Users`
 *
 * @param context Request with the parameters of the query.
 * @returns 200 with a page; nothing found is a page without resources.
 * @throws {ScimError} 400 for a parameter at fault.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2
 */
export function queryResources(context: ResourceContext): Promise<ScimResponse> {
  return listResources(context, context.parameters)
}

/**
 * Answers a query, whether it came in a URL or in a SearchRequest.
 *
 * @param context Request that is answered.
 * @param given Parameters as the client wrote them.
 * @returns 200 with a page.
 * @throws {ScimError} 400 for a parameter at fault.
 */
export async function listResources(context: ResourceContext, given: GivenQuery): Promise<ScimResponse> {
  const query = readListQuery(context, given)
  if (query.cursor !== undefined) {
    return listByCursor(context, query, query.cursor)
  }
  const { filter, sortBy, sortOrder, startIndex = 1, count } = query
  const page = await queryStore(context, {
    filter,
    sortBy,
    sortOrder,
    page: { startIndex, count },
  })
  const resources = await renderResources(context, page.resources, query.projection)
  const totalResults = page.totalResults ?? startIndex - 1 + resources.length
  return respondWithPage(context, resources, { totalResults, startIndex })
}
