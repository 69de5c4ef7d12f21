import type { JsonObject } from '@scimkit/core/internal'
import { foldCase, ScimError } from '@scimkit/core/schema'
import type { CallResponse, CallScope } from '../transport/call.js'
import { ScimResponseError, type ScimTransportError } from '../transport/errors.js'
import { unknownOutcome } from '../transport/outcome.js'
import { sendRequest } from '../transport/send-request.js'
import { buildQuery } from './build-query.js'
import type { ResourceContext } from './context.js'
import { findListFault, resourcesOf } from './read-list.js'
import type { ReceivedResource } from './read-resource.js'

/**
 * Looks up whether a POST without a usable response was applied: by `externalId` where one was sent, else by `userName`.
 *
 * @param context Context of the resource type.
 * @param sent Body of the POST.
 * @param scope Scope of the call.
 * @param error Why there is no usable response; a 409 of a repeated POST is looked up by `userName`.
 * @returns The created resource; `undefined` when it was not created.
 * @throws {ScimTransportError} `outcome: 'unknown'` when there is nothing to look it up by, or the look-up failed.
 * @throws {ScimError} 409 `uniqueness` when the name belongs to a resource with another `externalId`.
 */
export async function findCreated(
  context: ResourceContext,
  sent: JsonObject,
  scope: CallScope,
  error: unknown,
): Promise<CallResponse | undefined> {
  const conflict = error instanceof ScimResponseError && error.status === 409
  const externalId = textOf(sent.externalId)
  const userName = textOf(sent.userName)
  const byName = userName !== undefined && (externalId === undefined || conflict)
  const value = byName ? userName : externalId
  if (value === undefined)
    throw conflict ? error : unknown('it has neither externalId nor userName to look it up by', error)
  const response = await lookUp(
    context,
    `${byName ? 'userName' : 'externalId'} eq ${JSON.stringify(value)}`,
    scope,
    error,
  )
  // Some servers respond to a filter that they do not know with everything.
  const found = resourcesOf(context, response).filter((resource) =>
    byName ? sameText(resource.userName, userName) : resource.externalId === externalId,
  )
  const own = found.find((resource) => isOwn(resource, externalId, userName))
  if (own) return { ...response, headers: new Headers(), body: own, found: true }
  if (!byName || found.length === 0) return undefined
  if (conflict) throw error
  throw new ScimError(409, 'userName belongs to a resource with another externalId', {
    scimType: 'uniqueness',
    cause: error,
  })
}

function isOwn(resource: ReceivedResource, externalId: string | undefined, userName: string | undefined): boolean {
  if (textOf(resource.externalId) !== externalId) return false
  return userName === undefined || resource.userName === undefined || sameText(resource.userName, userName)
}

async function lookUp(
  context: ResourceContext,
  filter: string,
  scope: CallScope,
  error: unknown,
): Promise<CallResponse> {
  try {
    return await sendRequest(context.connection, {
      method: 'GET',
      path: context.definition.endpoint + buildQuery({ filter }),
      scope,
      findFault: ({ body }) => findListFault(body),
    })
  } catch (failure) {
    scope.signal?.throwIfAborted()
    throw unknown('the look-up failed', error ?? failure)
  }
}

function unknown(why: string, cause: unknown): ScimTransportError {
  return unknownOutcome(`It is unknown whether the resource was created: ${why}`, cause)
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function sameText(left: unknown, right: string): boolean {
  return typeof left === 'string' && foldCase(left) === foldCase(right)
}
