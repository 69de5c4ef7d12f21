import { urns } from '@scimkit/core/schema'
import { checkMessageSchemas, findMessageMember, findMessageMembers } from '../compatibility/read-message.js'
import { readBody } from '../request/read-body.js'
import type { GivenQuery } from '../request/read-list-query.js'
import { queryNames } from '../request/read-query.js'
import type { RequestContext, ResourceContext, ScimResponse } from '../service/request-context.js'
import { listResources } from './query-resources.js'

/**
 * `POST /Users/.search`
 *
 * @param context Request whose body is a SearchRequest.
 * @returns 200 with a page, as for a query by GET.
 * @throws {ScimError} 400 `invalidSyntax` for another message, and whatever a query by GET is refused for.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.3
 */
export async function searchResources(context: ResourceContext): Promise<ScimResponse> {
  return listResources(context, await readSearchRequest(context))
}

/**
 * Reads the body of a search.
 *
 * @param context Request whose body is a SearchRequest.
 * @returns The parameters of the query as the client wrote them.
 * @throws {ScimError} 400 `invalidSyntax` for another message, `invalidValue` for a member in another case where rule
 * `messageKeyCase` is off.
 */
export async function readSearchRequest({ incoming, service, reading }: RequestContext): Promise<GivenQuery> {
  const body = await readBody(incoming, service.limits)
  checkMessageSchemas(findMessageMember(body, 'schemas', reading), urns.searchRequest, reading)
  return findMessageMembers(body, queryNames, reading)
}
