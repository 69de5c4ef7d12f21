import type { RequestContext } from '../service/request-context.js'
import type { ServedResource } from '../service/served-resource.js'

/**
 * Builds the permanent URL of a resource.
 *
 * @param context Request with the URL of the service root.
 * @param served Resource type of the resource.
 * @param id Id of the resource.
 * @returns The resource's permanent URL.
 */
export function locationOf(context: RequestContext, served: ServedResource, id: string): string {
  return `${context.baseUrl}${served.endpoint}/${encodeId(id)}`
}

/**
 * Encodes an id as one segment of a URL. Ids are mostly made of letters that need no encoding, and looking is cheaper
 * than encoding.
 *
 * @param id Any id.
 * @returns The segment.
 */
export function encodeId(id: string): string {
  return /^[\w.~-]+$/.test(id) ? id : encodeURIComponent(id)
}

/**
 * Finds the id in the URL of a resource of this service provider. Absolute and relative URLs lead to the same resource,
 * and so do those that differ only in the version.
 *
 * @param context Request with the URL of the service root.
 * @param reference URL as the client wrote it.
 * @param types Names of the resource types that may be meant; those that are not served here do not count.
 * @returns The id; empty where the URL leads to no resource type that is served here.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.4
 */
export function findReferredId(context: RequestContext, reference: string, types: readonly string[] = []): string {
  const found = findReferred(context, reference)
  const served = types.filter((name) => context.service.byName.has(name))
  return found && (served.length === 0 || served.includes(found.type)) ? found.id : '' // no resource has an empty id
}

/**
 * Finds what the URL of a resource of this service provider names.
 *
 * @param context Request with the URL of the service root.
 * @param reference URL as the client wrote it.
 * @returns Its resource type and id; `undefined` where the URL leads to no resource type that is served here.
 */
export function findReferred(
  { baseUrl, service }: RequestContext,
  reference: string,
): { readonly type: string; readonly id: string } | undefined {
  const root = `${baseUrl.replace(/\/v\d+$/, '')}/`
  const below = reference.startsWith(root) ? reference.slice(root.length) : reference
  const found = /^(?:\.{0,2}\/)*(?:v\d+\/)?([^/?#:]+)\/([^/?#]+)$/.exec(below)
  const served = found && service.byEndpoint.get(`/${found[1]}`)
  if (!served) return undefined
  try {
    return { type: served.definition.name, id: decodeURIComponent(found[2] ?? '') }
  } catch {
    return undefined
  }
}
