import { ScimError } from '@scimkit/core/schema'
import { type AnswerWithin, bulkResources } from './operations/bulk-resources.js'
import { createResource } from './operations/create-resource.js'
import { deleteResource } from './operations/delete-resource.js'
import { getResource } from './operations/get-resource.js'
import { getServiceProviderConfig } from './operations/get-service-provider-config.js'
import { getResourceType, listResourceTypes } from './operations/list-resource-types.js'
import { getSchema, listSchemas } from './operations/list-schemas.js'
import { patchResource } from './operations/patch-resource.js'
import { queryAllTypes, searchAllTypes } from './operations/query-all-types.js'
import { queryResources } from './operations/query-resources.js'
import { replaceResource } from './operations/replace-resource.js'
import { searchResources } from './operations/search-resources.js'
import { me } from './operations/serve-me.js'
import type { RequestContext } from './request-context.js'
import type { Answer } from './response/answer.js'
import type { ServedResource } from './served-resource.js'
import type { Service } from './service.js'

/** Carries out a request. */
export type Operation = (context: RequestContext) => Promise<Answer>

/** The operations of one path, by method. */
export type Route = Readonly<Partial<Record<'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', Operation>>>

/**
 * Finds what a path leads to.
 *
 * @param service Service provider.
 * @param path Path of the request without its query, still percent-encoded.
 * @param answerWithin Answers the operations of a bulk request.
 * @returns The operations of the path.
 * @throws {ScimError} 404 for an unknown path, 400 `invalidVers`, or
 * `invalidSyntax` for broken percent-encoding.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.2
 */
export function findRoute(service: Service, path: string, answerWithin: AnswerWithin): Route {
  const { basePath } = service
  if (!path.startsWith(basePath) || (path.length > basePath.length && path[basePath.length] !== '/')) throw notFound()
  const whole = service.byEndpoint.get(path.slice(basePath.length))
  if (whole) return collection(whole)
  const segments = path
    .slice(basePath.length + 1)
    .split('/')
    .map(decodeSegment)
  if (segments.length > 1 && segments.at(-1) === '') segments.pop() // a slash at the end changes nothing
  if (isVersion(segments[0]) && !service.byEndpoint.has(`/${segments[0]}`)) checkVersion(segments.shift())
  const [endpoint = '', id, suffix] = segments
  const served = service.byEndpoint.get(`/${endpoint}`)
  if (segments.length > 2 || suffix !== undefined) throw notFound()
  if (!served) return findProtocolRoute(endpoint, id, answerWithin)
  if (id === undefined) return collection(served)
  return id === '.search' ? search(served) : resource(served, id)
}

/** `v2` may stand before the endpoint; it is a version only there. @see https://www.rfc-editor.org/rfc/rfc7644#section-3.13 */
function isVersion(segment: string | undefined): boolean {
  return segment !== undefined && /^v\d+$/.test(segment)
}

function checkVersion(version: string | undefined): void {
  if (version !== 'v2') {
    throw new ScimError(400, 'Version 2 of SCIM is the only one that is supported', { scimType: 'invalidVers' })
  }
}

function decodeSegment(segment: string): string {
  if (!segment.includes('%')) return segment
  let decoded: string
  try {
    decoded = decodeURIComponent(segment)
  } catch (cause) {
    throw new ScimError(400, 'The percent-encoding of the path is broken', { scimType: 'invalidSyntax', cause })
  }
  // Whoever puts `..` into a URL unescaped would end elsewhere, so no resource has such an id.
  if (decoded.includes('/') || decoded.includes('\0') || decoded === '.' || decoded === '..') throw notFound()
  return decoded
}

function collection(served: ServedResource): Route {
  return {
    GET: (context) => queryResources(context, served),
    POST: (context) => createResource(context, served),
  }
}

function resource(served: ServedResource, id: string): Route {
  return {
    GET: (context) => getResource(context, served, id),
    PUT: (context) => replaceResource(context, served, id),
    PATCH: (context) => patchResource(context, served, id),
    DELETE: (context) => deleteResource(context, served, id),
  }
}

function search(served: ServedResource): Route {
  return { POST: (context) => searchResources(context, served) }
}

/** The endpoints that every service provider has. */
function findProtocolRoute(endpoint: string, id: string | undefined, answerWithin: AnswerWithin): Route {
  switch (endpoint) {
    case 'ServiceProviderConfig':
      if (id === undefined) return { GET: getServiceProviderConfig }
      break
    case 'ResourceTypes':
      return { GET: id === undefined ? listResourceTypes : (context) => getResourceType(context, id) }
    case 'Schemas':
      return { GET: id === undefined ? listSchemas : (context) => getSchema(context, id) }
    case 'Bulk':
      if (id === undefined) return { POST: (context) => bulkResources(context, answerWithin) }
      break
    case '.search':
      if (id === undefined) return { POST: searchAllTypes }
      break
    case 'Me':
      if (id === undefined) return me
      break
    case '':
      if (id === undefined) return { GET: queryAllTypes }
      break
  }
  throw notFound()
}

function notFound(): ScimError {
  return new ScimError(404, 'There is no such endpoint; /ResourceTypes lists them')
}
