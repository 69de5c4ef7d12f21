import { buildListResponse, buildResourceType, foldCase, type ResourceType, ScimError } from '@scimkit/core/schema'
import { checkDiscovery } from '../request/check-discovery.js'
import type { RequestContext, ScimResponse } from '../request-context.js'
import { respondWithJson } from '../response/scim-response.js'
import type { ServedResource } from '../service/served-resource.js'

/**
 * `GET /ResourceTypes`
 *
 * @param context Request.
 * @returns 200 with all resource types in one page.
 * @throws {ScimError} 403 with a filter.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-4
 */
export async function listResourceTypes(context: RequestContext): Promise<ScimResponse> {
  checkDiscovery(context)
  const documents = context.service.served.map((served) => documentOf(context, served))
  return respondWithJson(200, buildListResponse(documents, { totalResults: documents.length, startIndex: 1 }))
}

/**
 * `GET /ResourceTypes/{name}`
 *
 * @param context Request.
 * @param name Name of the resource type, in any case.
 * @returns 200 with the resource type.
 * @throws {ScimError} 404.
 */
export async function getResourceType(context: RequestContext, name: string): Promise<ScimResponse> {
  checkDiscovery(context)
  const folded = foldCase(name)
  const found = context.service.served.find(({ definition }) => foldCase(definition.name) === folded)
  if (!found) throw new ScimError(404, 'There is no resource type with this name')
  return respondWithJson(200, documentOf(context, found))
}

function documentOf(context: RequestContext, { definition }: ServedResource): ResourceType {
  const location = `${context.baseUrl}/ResourceTypes/${encodeURIComponent(definition.name)}`
  return { ...buildResourceType(definition), meta: { resourceType: 'ResourceType', location } }
}
