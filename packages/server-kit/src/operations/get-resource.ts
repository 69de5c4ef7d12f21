import { isNotModified, toEntityTag } from '../request/check-precondition.js'
import { readProjection } from '../request/read-projection.js'
import { respondWithResource } from '../response/respond-with-resources.js'
import type { ResourceContext, ScimResponse } from '../service/request-context.js'
import { requireResource } from '../write/require-resource.js'

/**
 * `GET /Users/{id}`
 *
 * @param context Request; of its parameters only those of projection count.
 * @param id Id as the path names it.
 * @returns 200 with the resource, or 304 when the client has this version.
 * @throws {ScimError} 404.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.1
 */
export async function getResource(context: ResourceContext, id: string): Promise<ScimResponse> {
  const projection = readProjection(context, context.parameters)
  const stored = await requireResource(context, id)
  if (isNotModified(context.incoming, stored.meta.version)) {
    return { status: 304, headers: { etag: toEntityTag(stored.meta.version) } }
  }
  return await respondWithResource(context, stored, { status: 200, projection })
}
