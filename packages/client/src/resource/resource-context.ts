import type { ResourceDefinition } from '@scimkit/core/schema'
import type { RequestOptions } from '../api/resource-client.js'
import { type Answer, type CallScope, createScope } from '../transport/call.js'
import type { Connection } from '../transport/connection.js'
import type { ScimPagingError } from '../transport/errors.js'
import { sendRequest } from '../transport/send-request.js'
import { buildQuery, type QueryParts } from './build-query.js'
import { versionOf, versionsOf } from './known-versions.js'
import { findResourceFault, type ReceivedResource, readResource } from './read-resource.js'
import { resourcePath } from './resource-path.js'

/** Looks at a resource that has come; throws where validation is strict. */
export type Inspect = (definition: ResourceDefinition, resource: ReceivedResource, answer: Answer) => Promise<void>

/** What the methods of one resource type share. */
export interface ResourceContext {
  readonly connection: Connection
  readonly definition: ResourceDefinition
  readonly onPagingFault: ((error: ScimPagingError) => void) | undefined
  /** Absent where nothing is validated. */
  readonly inspect: Inspect | undefined
  /** Present where all ids stand for the authenticated subject, whose own id is known once it has been read. */
  readonly me?: { id: string | undefined } | undefined
}

/** Where a resource is read and written. */
export interface ResourceAddress {
  /** Encoded, without a query. */
  readonly path: string
  /** Under which versions are kept and writes wait: the same for a resource, however it is reached. */
  readonly key: string
  /** Id that answers must have; `undefined` where it is not known. */
  readonly id: string | undefined
}

/**
 * Finds where a resource is.
 *
 * @param context Of the resource type.
 * @param id Id of the resource; of no account for `/Me`.
 * @returns The address.
 * @throws {TypeError} When the id cannot be a segment of a URL.
 */
export function addressOf({ definition, me }: ResourceContext, id: string): ResourceAddress {
  const path = me ? '/Me' : resourcePath(definition.endpoint, id)
  if (!me) return { path, key: path, id }
  return { path, key: me.id === undefined ? path : resourcePath(definition.endpoint, me.id), id: undefined }
}

/**
 * Reads a resource.
 *
 * @param context Of the resource type.
 * @param id Id of the resource.
 * @param options Of the call.
 * @param scope Of the call, when the reading is a part of another one.
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
 * Reads a resource and gives the whole answer.
 *
 * @param context Of the resource type.
 * @param id Id of the resource.
 * @param scope Of the call.
 * @param projection Of the call; without it the whole resource is read.
 * @returns The answer, its body a resource with the id.
 */
export function fetchResource(
  context: ResourceContext,
  id: string,
  scope: CallScope,
  projection: RequestOptions = {},
): Promise<Answer> {
  const address = addressOf(context, id)
  return sendRequest(context.connection, {
    method: 'GET',
    path: address.path + buildQuery(projectionOf(projection)),
    scope,
    findFault: ({ body }) => findResourceFault(body, address.id),
  })
}

/**
 * Takes a resource out of its answer and remembers its version.
 *
 * @param context Of the resource type.
 * @param answer Answer that holds a resource.
 * @param options Of the call.
 * @returns The resource.
 */
export async function receiveResource(
  context: ResourceContext,
  answer: Answer,
  options: RequestOptions,
): Promise<ReceivedResource> {
  const resource = readResource(context, answer)
  const version = versionOf(answer.headers, resource)
  if (context.me) context.me.id = resource.id
  const key = resourcePath(context.definition.endpoint, resource.id)
  if (version !== undefined || answer.request.method !== 'GET') versionsOf(context.connection).set(key, version)
  if (!isProjected(options)) await context.inspect?.(context.definition, resource, answer)
  return resource
}

/**
 * @param options Of a call.
 * @returns The projection alone.
 */
export function projectionOf({ attributes, excludedAttributes }: RequestOptions): QueryParts {
  return { attributes, excludedAttributes }
}

/**
 * @param options Of a call.
 * @returns Whether a part of the resource was asked for.
 */
export function isProjected({ attributes, excludedAttributes }: RequestOptions): boolean {
  return Boolean(attributes?.length || excludedAttributes?.length)
}
