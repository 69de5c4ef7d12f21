import type { ResourceContext, ScimResponse } from '../request-context.js'
import type { StoredMeta, StoredResource } from '../store.js'
import { respondWithOne } from './answer-resources.js'
import { locationOf } from './complete-resources.js'
import { toEntityTag } from './entity-tag.js'
import type { Projection } from './projections.js'
import { writeResources } from './write-resources.js'

/**
 * Answers with one resource.
 *
 * @param context Request that is answered.
 * @param stored Resource as stored.
 * @param options Status and which attributes the answer carries.
 * @returns The answer with `ETag`; with `Location` where a resource was created.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.14
 */
export async function respondWithResource(
  context: ResourceContext,
  stored: StoredResource,
  options: { readonly status: 200 | 201; readonly projection: Projection },
): Promise<ScimResponse> {
  const etag = toEntityTag(stored.meta.version)
  const headers = options.status === 201 ? { etag, location: locationOf(context, context.served, stored.id) } : { etag }
  if (context.incoming.headersOnly) return { status: options.status, headers }
  const [resource = {}] = await writeResources(context, [stored], options.projection)
  return respondWithOne(context, resource, { status: options.status, headers })
}

/**
 * Answers a change without a body.
 *
 * @param meta `meta` of the resource afterwards.
 * @returns 204 with `ETag`.
 */
export function respondWithoutBody(meta: StoredMeta): ScimResponse {
  return { status: 204, headers: { etag: toEntityTag(meta.version) } }
}
