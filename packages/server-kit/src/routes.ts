import { ScimError } from '@scimkit/core/schema'
import { bulkResources } from './bulk/bulk-resources.js'
import { createResource } from './operations/create-resource.js'
import { deleteResource } from './operations/delete-resource.js'
import {
  getResourceType,
  getSchema,
  getServiceProviderConfig,
  listResourceTypes,
  listSchemas,
} from './operations/discovery.js'
import { getResource } from './operations/get-resource.js'
import { patchResource } from './operations/patch-resource.js'
import { queryAllTypes, searchAllTypes } from './operations/query-all-types.js'
import { queryResources } from './operations/query-resources.js'
import { replaceResource } from './operations/replace-resource.js'
import { searchResources } from './operations/search-resources.js'
import { deleteMe, getMe, patchMe, postMe, replaceMe } from './operations/serve-me.js'
import type { RequestContext, ResourceContext, ScimResponse } from './service/request-context.js'
import type { Service } from './service/service.js'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
type Table<Operation> = readonly (readonly [method: Method, path: string, operation: Operation])[]

/** An operation of the service provider itself; `name` is the segment behind the endpoint, empty without one. */
type ServiceOperation = (context: RequestContext, name: string) => Promise<ScimResponse>

/** An operation on the resources of one type; `id` is the segment behind the endpoint, empty without one. */
type ResourceOperation = (context: ResourceContext, id: string) => Promise<ScimResponse>

/** What describes the service provider, and the caller's own resource: open to every caller who is known. */
const ownRoutes: Table<ServiceOperation> = [
  ['GET', '/ServiceProviderConfig', getServiceProviderConfig],
  ['GET', '/ResourceTypes', listResourceTypes],
  ['GET', '/ResourceTypes/{name}', getResourceType],
  ['GET', '/Schemas', listSchemas],
  ['GET', '/Schemas/{name}', getSchema],
  ['GET', '/Me', getMe],
  ['POST', '/Me', postMe],
  ['PUT', '/Me', replaceMe],
  ['PATCH', '/Me', patchMe],
  ['DELETE', '/Me', deleteMe],
]

const sharedRoutes: Table<ServiceOperation> = [
  ['GET', '/', queryAllTypes],
  ['POST', '/.search', searchAllTypes],
  ['POST', '/Bulk', bulkResources],
]

/** `{type}` is the endpoint of a mount, such as `/Users`. The first path that fits counts. */
const resourceRoutes: Table<ResourceOperation> = [
  ['GET', '/{type}', queryResources],
  ['POST', '/{type}', createResource],
  ['POST', '/{type}/.search', searchResources],
  ['GET', '/{type}/{id}', getResource],
  ['PUT', '/{type}/{id}', replaceResource],
  ['PATCH', '/{type}/{id}', patchResource],
  ['DELETE', '/{type}/{id}', deleteResource],
]

/** What a path leads to. */
export interface Route {
  /** Methods of the path, in the order of the tables. */
  readonly methods: readonly string[]
  /** Whether it reaches no resource but the caller's own. */
  readonly isOwn: boolean
  /**
   * @param method Any method.
   * @returns Carries out a request; `undefined` where the path does not have the method.
   */
  find(method: string): ((context: RequestContext) => Promise<ScimResponse>) | undefined
}

/**
 * Finds what a path leads to.
 *
 * @param service Service provider.
 * @param path Path of the request without its query, still percent-encoded.
 * @returns The route.
 * @throws {ScimError} 404 for an unknown path, 400 `invalidVers`, or `invalidSyntax` for broken percent-encoding.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.2
 */
export function findRoute(service: Service, path: string): Route {
  const segments = splitPath(service, path)
  const [endpoint = '', name = ''] = segments
  const served = service.byEndpoint.get(`/${endpoint}`)
  if (served) {
    return toRoute(findOperations(resourcePaths, segments), false, (run, context) => run(context.for(served), name))
  }
  const own = findOperations(ownPaths, segments)
  return toRoute(own ?? findOperations(sharedPaths, segments), own !== undefined, (run, context) => run(context, name))
}

/** Operations of one path by method. */
type Operations<Operation> = ReadonlyMap<string, Operation>

/** The rows of a table with one path. */
interface PathOperations<Operation> {
  /** Segments of the path; one in braces stands for any. */
  readonly segments: readonly string[]
  readonly operations: Operations<Operation>
}

function toRoute<Operation>(
  operations: Operations<Operation> | undefined,
  isOwn: boolean,
  run: (operation: Operation, context: RequestContext) => Promise<ScimResponse>,
): Route {
  if (!operations) throw notFound()
  return {
    methods: [...operations.keys()],
    isOwn,
    find(method) {
      const operation = operations.get(method)
      return operation && ((context) => run(operation, context))
    },
  }
}

/** The first path of a table that fits, so that `.search` comes before `{id}`. */
function findOperations<Operation>(
  paths: readonly PathOperations<Operation>[],
  segments: readonly string[],
): Operations<Operation> | undefined {
  const fits = (part: string, index: number) => part.startsWith('{') || part === segments[index]
  const found = paths.find((path) => path.segments.length === segments.length && path.segments.every(fits))
  return found?.operations
}

function groupByPath<Operation>(table: Table<Operation>): readonly PathOperations<Operation>[] {
  const paths = new Map<string, Map<string, Operation>>()
  for (const [method, path, operation] of table) {
    const operations = paths.get(path) ?? new Map<string, Operation>()
    paths.set(path, operations.set(method, operation))
  }
  return [...paths].map(([path, operations]) => ({ segments: path.slice(1).split('/'), operations }))
}

const ownPaths = /* @__PURE__ */ groupByPath(ownRoutes)
const sharedPaths = /* @__PURE__ */ groupByPath(sharedRoutes)
const resourcePaths = /* @__PURE__ */ groupByPath(resourceRoutes)

/** @returns The decoded segments below the service root, without the version. */
function splitPath({ basePath, byEndpoint }: Service, path: string): readonly string[] {
  if (!path.startsWith(basePath) || (path.length > basePath.length && path[basePath.length] !== '/')) throw notFound()
  const below = path.slice(basePath.length + 1)
  const segments = below.split('/').map(decodeSegment)
  if (segments.length > 1 && segments.at(-1) === '') segments.pop() // a slash at the end changes nothing
  if (isVersion(segments[0]) && !byEndpoint.has(`/${segments[0]}`)) checkVersion(segments.shift())
  return segments
}

/** `v2` may come before the endpoint; it is a version only there. @see https://www.rfc-editor.org/rfc/rfc7644#section-3.13 */
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
  // A client that puts `..` into a URL unescaped would end elsewhere, so no resource has such an id.
  if (decoded.includes('/') || decoded.includes('\0') || decoded === '.' || decoded === '..') throw notFound()
  return decoded
}

function notFound(): ScimError {
  return new ScimError(404, 'There is no such endpoint; /ResourceTypes lists them')
}
