import { loadOnUse } from '../load-on-use.js'
import { type GivenQuery, type ListQuery, readListQuery } from '../request/read-list-query.js'
import type { RequestContext } from '../request-context.js'
import type { Answer } from '../response/answer.js'
import { answerPage } from '../response/answer-resources.js'
import { writeResources } from '../response/write-resources.js'
import type { ServedResource } from '../service/served-resource.js'
import { queryStore } from './query-store.js'

const listByCursor = /* @__PURE__ */ loadOnUse(
  () => import('./list-by-cursor.js'),
  (module, context: RequestContext, served: ServedResource, query: ListQuery, cursor: string) =>
    module.listByCursor(context, served, query, cursor),
)

/**
 * `GET /Users`
 *
 * @param context Request with the parameters of the query.
 * @param served Resource type.
 * @returns 200 with a page; nothing found is a page without resources.
 * @throws {ScimError} 400 for a parameter at fault.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2
 */
export function queryResources(context: RequestContext, served: ServedResource): Promise<Answer> {
  return answerQuery(context, served, context.parameters)
}

/**
 * Answers a query, whether it came in a URL or in a SearchRequest.
 *
 * @param context Request that is answered.
 * @param served Resource type.
 * @param given Parameters as the client wrote them.
 * @returns 200 with a page.
 * @throws {ScimError} 400 for a parameter at fault.
 */
export async function answerQuery(context: RequestContext, served: ServedResource, given: GivenQuery): Promise<Answer> {
  const query = await readListQuery(context, served, given)
  if (query.cursor !== undefined) {
    return listByCursor(context, served, query, query.cursor)
  }
  const { filter, sortBy, sortOrder, startIndex = 1, count } = query
  const page = await queryStore(context, served, {
    filter,
    sortBy,
    sortOrder,
    page: { startIndex, count },
  })
  const resources = await writeResources(context, served, page.resources, query.projection)
  const totalResults = page.totalResults ?? startIndex - 1 + resources.length
  return answerPage(context, resources, { totalResults, startIndex })
}
