import { buildListResponse } from '@scimkit/core/internal'
import { toEntityTag } from '../request/check-precondition.js'
import { locationOf } from '../request/location.js'
import type { Projection } from '../request/read-projection.js'
import { reportFailure } from '../service/report-failure.js'
import type { RequestContext, ResourceContext, ScimResponse } from '../service/request-context.js'
import type { StoredMeta, StoredResource } from '../store/resource-store.js'
import { LongMemberList } from './long-member-list.js'
import { renderResources } from './render-resources.js'
import { respondWithText } from './scim-response.js'

/**
 * Answers with one resource.
 *
 * @param context Request that is answered.
 * @param stored Resource as stored.
 * @param options Status and which attributes the response carries.
 * @returns The response with `ETag`; with `Location` where a resource was created.
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
  const [resource = {}] = await renderResources(context, [stored], options.projection)
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

/** A resource for the wire: an object, or the JSON text of one. */
type Written = object | string

/**
 * Answers with one resource. Where it is a group with more members than are held at once, they are read while the
 * response is written; a failure on the way breaks it off, so that the client never takes a part for the whole.
 *
 * @param context Request that is answered.
 * @param resource Resource as `renderResources` gave it.
 * @param options Status; headers, names in lower case.
 * @returns The response.
 */
export function respondWithOne(
  context: RequestContext,
  resource: Written,
  { status, headers }: { readonly status: number; readonly headers: Readonly<Record<string, string>> },
): ScimResponse {
  return withLongLists(context, [resource], respondWithText(status, toText(resource), headers))
}

/**
 * Answers with a page of resources; long lists of members as in {@link respondWithOne}.
 *
 * @param context Request that is answered.
 * @param resources Resources as `renderResources` gave them.
 * @param page `totalResults`, and `startIndex` or the cursor of the next page.
 * @returns 200.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2
 */
export function respondWithPage(
  context: RequestContext,
  resources: readonly Written[],
  page: Parameters<typeof buildListResponse>[1],
): ScimResponse {
  const { Resources, ...message } = buildListResponse(resources.map(toText), page)
  const text = `${JSON.stringify(message).slice(0, -1)},"Resources":[${Resources?.join(',')}]}`
  return withLongLists(context, resources, respondWithText(200, text))
}

function toText(resource: Written): string {
  return typeof resource === 'string' ? resource : JSON.stringify(resource)
}

function withLongLists(context: RequestContext, resources: readonly Written[], answer: ScimResponse): ScimResponse {
  const lists = resources.flatMap((resource) => {
    const { members } = resource as { readonly members?: unknown } // only groups have them; a text has none
    return members instanceof LongMemberList ? [members] : []
  })
  if (lists.length === 0 || answer.body === undefined) return answer
  return { status: answer.status, headers: answer.headers, pieces: readPieces(context, answer.body, lists) }
}

/** The text between the lists is there already; the lists are in it in the same order. */
async function* readPieces(
  context: RequestContext,
  text: string,
  lists: readonly LongMemberList[],
): AsyncGenerator<string, void, undefined> {
  let position = 0
  try {
    for (const list of lists) {
      const mark = JSON.stringify(list)
      const found = text.indexOf(mark, position)
      yield text.slice(position, found)
      yield* list.read()
      position = found + mark.length
    }
  } catch (error) {
    // A client that went away is not a failure of the service provider.
    if (!context.incoming.signal.aborted) reportFailure(context.service, error, context.info)
    throw error
  }
  yield text.slice(position)
}
