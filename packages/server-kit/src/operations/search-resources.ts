import { ScimError, urns } from '@scimkit/core/schema'
import { readBody } from '../request/read-body.js'
import type { RequestContext } from '../request-context.js'
import type { Answer } from '../response/answer.js'
import type { ServedResource } from '../served-resource.js'
import { answerQuery } from './query-resources.js'

/**
 * `POST /Users/.search`
 *
 * @param context Request whose body is a SearchRequest.
 * @param served Resource type.
 * @returns 200 with a page, as for a query by GET.
 * @throws {ScimError} 400 `invalidSyntax` for another message, and whatever a query by GET is refused for.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.3
 */
export async function searchResources(context: RequestContext, served: ServedResource): Promise<Answer> {
  const { schemas, ...given } = await readBody(context.incoming, context.service.limits)
  if (!Array.isArray(schemas) || !schemas.includes(urns.searchRequest)) {
    throw new ScimError(400, `schemas must list ${urns.searchRequest}`, { scimType: 'invalidSyntax' })
  }
  return answerQuery(context, served, given)
}
