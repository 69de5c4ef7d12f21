import { type CallResponse, type CallScope, createScope } from '../transport/call.js'
import type { RequestOptions } from '../transport/request-options.js'
import { sendRequest } from '../transport/send-request.js'
import { buildQuery, isProjected, projectionOf } from './build-query.js'
import { addressOf, type ResourceContext } from './context.js'
import { versionOf, versionsOf } from './known-versions.js'
import { findResourceFault, type ReceivedResource, readResource } from './read-resource.js'
import { resourcePath } from './resource-path.js'

/**
 * Reads a resource.
 *
 * @param context Context of the resource type.
 * @param id Id of the resource.
 * @param options Options of the call.
 * @param scope Scope of the call, when the reading is a part of another one.
 * @returns The resource.
 */
export async function getResource(
  context: ResourceContext,
  id: string,
  options: RequestOptions,
  scope: CallScope = createScope(options, context.connection),
): Promise<ReceivedResource> {
  return receiveResource(context, await fetchResource(context, id, scope, options), options)
}

/**
 * Reads a resource and returns the whole response.
 *
 * @param context Context of the resource type.
 * @param id Id of the resource.
 * @param scope Scope of the call.
 * @param projection Projection of the call; without it the whole resource is read.
 * @returns The response, its body a resource with the id.
 */
export function fetchResource(
  context: ResourceContext,
  id: string,
  scope: CallScope,
  projection: RequestOptions = {},
): Promise<CallResponse> {
  const address = addressOf(context, id)
  return sendRequest(context.connection, {
    method: 'GET',
    path: address.path + buildQuery(projectionOf(projection)),
    scope,
    findFault: ({ body }) => findResourceFault(body, address.id),
  })
}

/**
 * Takes a resource out of its response and remembers its version.
 *
 * @param context Context of the resource type.
 * @param response CallResponse that holds a resource.
 * @param options Options of the call.
 * @returns The resource.
 */
export async function receiveResource(
  context: ResourceContext,
  response: CallResponse,
  options: RequestOptions,
): Promise<ReceivedResource> {
  const resource = readResource(context, response)
  const version = versionOf(response.headers, resource)
  if (context.me) context.me.id = resource.id
  const key = resourcePath(context.definition.endpoint, resource.id)
  if (version !== undefined || response.request.method !== 'GET') versionsOf(context.connection).set(key, version)
  if (!isProjected(options)) await context.inspect?.(context.definition, resource, response)
  return resource
}
