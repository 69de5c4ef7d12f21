import { isObject } from '@scimkit/core/internal'
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
 * Creates a resource, once: a try without a usable answer is followed by a look whether it was applied.
 *
 * @param context Of the resource type.
 * @param input The resource; `schemas` may be missing.
 * @param options Of the call.
 * @returns The resource as the server made it.
 * @throws {ScimTransportError} `outcome: 'unknown'` when the answer got lost and there is nothing to look by.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.3
 */
export async function createResource(
  context: ResourceContext,
  input: Readonly<Record<string, unknown>>,
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
    findFault: (answer) => (answer.body === undefined ? undefined : findResourceFault(answer.body)),
    settle: look,
  }
  const answer = await sendRequest(connection, call)
  if (answer.body !== undefined && !(answer.found && isProjected(options))) {
    return receiveResource(context, answer, options)
  }
  const id = idOf(answer) ?? idOf(await look())
  if (id !== undefined) return getResource(context, id, options, scope)
  throw new ScimTransportError('invalid-response', 'The answer does not say what was created', {
    outcome: 'unknown',
    status: answer.status,
    request: answer.request,
  })
}

function idOf(answer: CallResponse | undefined): string | undefined {
  if (!answer) return undefined
  return isObject(answer.body) ? readId(answer.body) : idOfLocation(answer.headers.get('location') ?? '')
}
