import { ScimError } from '@scimkit/core/schema'
import type { AnswerWithin } from './bulk/bulk-resources.js'
import { loadOnUse } from './load-on-use.js'
import { getResource } from './operations/get-resource.js'
import { queryResources } from './operations/query-resources.js'
import type { RequestContext } from './request-context.js'
import type { Answer } from './response/answer.js'
import type { ServedResource } from './service/served-resource.js'
import type { Service } from './service/service.js'

/** Carries out a request. */
export type Operation = (context: RequestContext) => Promise<Answer>

/** The operations of one path, by method. */
export type Route = Readonly<Partial<Record<'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', Operation>>>

/**
 * Tells whether a route reads or writes no resource but the caller's own.
 *
 * @param route Route of a path.
 * @returns True for `/Me` and the discovery endpoints.
 */
export function isOwnOrDiscovery(route: Route): boolean {
  return ownOrDiscovery.has(route)
}

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
  return id === '.search' ? { POST: (context) => search(context, served) } : resource(served, id)
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
    POST: (context) => create(context, served),
  }
}

function resource(served: ServedResource, id: string): Route {
  return {
    GET: (context) => getResource(context, served, id),
    PUT: (context) => replace(context, served, id),
    PATCH: (context) => patch(context, served, id),
    DELETE: (context) => remove(context, served, id),
  }
}

/** The endpoints that every service provider has. */
function findProtocolRoute(endpoint: string, id: string | undefined, answerWithin: AnswerWithin): Route {
  switch (endpoint) {
    case 'ServiceProviderConfig':
      if (id === undefined) return discovery(getConfig)
      break
    case 'ResourceTypes':
      return discovery((context) => getResourceTypes(context, id))
    case 'Schemas':
      return discovery((context) => getSchemas(context, id))
    case 'Bulk':
      if (id === undefined) return { POST: (context) => bulk(context, answerWithin) }
      break
    case '.search':
      if (id === undefined) return { POST: (context) => onAllTypes('searchAllTypes', context) }
      break
    case 'Me':
      if (id === undefined) return me
      break
    case '':
      if (id === undefined) return { GET: (context) => onAllTypes('queryAllTypes', context) }
      break
  }
  throw notFound()
}

function discovery(operation: Operation): Route {
  const route = { GET: operation }
  ownOrDiscovery.add(route)
  return route
}

// Reading is what a first request asks for; every other operation is loaded when a request needs it.

const create = /* @__PURE__ */ loadOnUse(
  () => import('./operations/create-resource.js'),
  ({ createResource }, context: RequestContext, served: ServedResource) => createResource(context, served),
)
const replace = /* @__PURE__ */ loadOnUse(
  () => import('./operations/replace-resource.js'),
  ({ replaceResource }, context: RequestContext, served: ServedResource, id: string) =>
    replaceResource(context, served, id),
)
const patch = /* @__PURE__ */ loadOnUse(
  () => import('./operations/patch-resource.js'),
  ({ patchResource }, context: RequestContext, served: ServedResource, id: string) =>
    patchResource(context, served, id),
)
const remove = /* @__PURE__ */ loadOnUse(
  () => import('./operations/delete-resource.js'),
  ({ deleteResource }, context: RequestContext, served: ServedResource, id: string) =>
    deleteResource(context, served, id),
)
const search = /* @__PURE__ */ loadOnUse(
  () => import('./operations/search-resources.js'),
  ({ searchResources }, context: RequestContext, served: ServedResource) => searchResources(context, served),
)
const bulk = /* @__PURE__ */ loadOnUse(
  () => import('./bulk/bulk-resources.js'),
  ({ bulkResources }, context: RequestContext, answerWithin: AnswerWithin) => bulkResources(context, answerWithin),
)
const onAllTypes = /* @__PURE__ */ loadOnUse(
  () => import('./operations/query-all-types.js'),
  (module, operation: 'queryAllTypes' | 'searchAllTypes', context: RequestContext) => module[operation](context),
)
const onMe = /* @__PURE__ */ loadOnUse(
  () => import('./operations/serve-me.js'),
  (module, operation: 'getMe' | 'replaceMe' | 'patchMe' | 'deleteMe', context: RequestContext) =>
    module[operation](context),
)
const getConfig = /* @__PURE__ */ loadOnUse(
  () => import('./operations/get-service-provider-config.js'),
  (module, context: RequestContext) => module.getServiceProviderConfig(context),
)
const getResourceTypes = /* @__PURE__ */ loadOnUse(
  () => import('./operations/list-resource-types.js'),
  (module, context: RequestContext, name: string | undefined) =>
    name === undefined ? module.listResourceTypes(context) : module.getResourceType(context, name),
)
const getSchemas = /* @__PURE__ */ loadOnUse(
  () => import('./operations/list-schemas.js'),
  (module, context: RequestContext, urn: string | undefined) =>
    urn === undefined ? module.listSchemas(context) : module.getSchema(context, urn),
)

const me: Route = {
  GET: (context) => onMe('getMe', context),
  POST: refuseMe,
  PUT: (context) => onMe('replaceMe', context),
  PATCH: (context) => onMe('patchMe', context),
  DELETE: (context) => onMe('deleteMe', context),
}

const ownOrDiscovery = new WeakSet<Route>([me])

/** Whom a new resource belongs to, only the application can say. */
async function refuseMe(): Promise<Answer> {
  throw new ScimError(501, 'POST to /Me is not supported by this service provider')
}

function notFound(): ScimError {
  return new ScimError(404, 'There is no such endpoint; /ResourceTypes lists them')
}
