import { isObject, type JsonObject } from '@scimkit/core/internal'
import { type Call, type CallResponse, createScope } from '../transport/call.js'
import { ScimTransportError } from '../transport/errors.js'
import type { RequestOptions } from '../transport/request-options.js'
import { sendRequest } from '../transport/send-request.js'
import { buildQuery, isProjected, projectionOf } from './build-query.js'
import { type ResourceContext, schemasOf } from './context.js'
import { getResource, receiveResource } from './get-resource.js'
import { findResourceFault, type ReceivedResource, readId } from './read-resource.js'
import { idOfLocation } from './resource-path.js'

/**
 * Creates a resource, once: an attempt without a usable response is followed by a look-up.
 *
 * @param context Context of the resource type.
 * @param input The resource; `schemas` may be missing.
 * @param options Options of the call.
 * @returns The resource as the server made it.
 * @throws {ScimTransportError} `outcome: 'unknown'` when the response got lost and there is nothing to look by.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.3
 */
export async function createResource(
  context: ResourceContext,
  input: JsonObject,
  options: RequestOptions,
): Promise<ReceivedResource> {
  const { connection, definition } = context
  const scope = createScope(options, connection)
  const body = { ...input, schemas: schemasOf(context, input) }
  const look = async (error?: unknown): Promise<CallResponse | undefined> => {
    const { findCreated } = await import('./find-created.js')
    return findCreated(context, body, scope, error)
  }
  const call: Call = {
    method: 'POST',
    path: definition.endpoint + buildQuery(projectionOf(options)),
    scope,
    body,
    findFault: (response) => (response.body === undefined ? undefined : findResourceFault(response.body)),
    settle: look,
  }
  const response = await sendRequest(connection, call)
  if (response.body !== undefined && !(response.found && isProjected(options))) {
    return receiveResource(context, response, options)
  }
  const id = idOf(response) ?? idOf(await look())
  if (id !== undefined) return getResource(context, id, options, scope)
  throw new ScimTransportError('invalid-response', 'The response does not say what was created', {
    outcome: 'unknown',
    status: response.status,
    request: response.request,
  })
}

function idOf(response: CallResponse | undefined): string | undefined {
  if (!response) return undefined
  return isObject(response.body) ? readId(response.body) : idOfLocation(response.headers.get('location') ?? '')
}
