import { isNotModified } from '../request/check-precondition.js'
import { readProjection } from '../request/read-projection.js'
import type { RequestContext } from '../request-context.js'
import type { Answer } from '../response/answer.js'
import { answerResource } from '../response/answer-resource.js'
import { toEntityTag } from '../response/entity-tag.js'
import type { ServedResource } from '../service/served-resource.js'
import { requireResource } from '../write/require-resource.js'

/**
 * `GET /Users/{id}`
 *
 * @param context Request; of its parameters only those of projection count.
 * @param served Resource type.
 * @param id Id as the path names it.
 * @returns 200 with the resource, or 304 when the client has this version.
 * @throws {ScimError} 404.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.1
 */
export async function getResource(context: RequestContext, served: ServedResource, id: string): Promise<Answer> {
  const projection = readProjection(context, served, context.parameters)
  const stored = await requireResource(context, served, id)
  if (isNotModified(context.incoming, stored.meta.version)) {
    return { status: 304, headers: { etag: toEntityTag(stored.meta.version) } }
  }
  return await answerResource(context, served, stored, { status: 200, projection })
}
