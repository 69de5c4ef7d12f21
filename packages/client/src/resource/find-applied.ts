import type { JsonObject } from '@scimkit/core/internal'
import type { PatchOperation } from '@scimkit/core/schema'
import type { CallResponse } from '../transport/call.js'
import { ScimResponseError } from '../transport/errors.js'
import { unknownOutcome } from '../transport/outcome.js'
import { coversResource, type Verdict } from './covers-value.js'
import { fetchResource } from './get-resource.js'
import { versionOf } from './known-versions.js'
import { readResource } from './read-resource.js'
import { showsPatch } from './shows-patch.js'
import type { WriteTarget } from './write-target.js'

/**
 * Checks whether a 412 comes from the PUT's own first attempt.
 *
 * @param target The resource.
 * @param sent Body of the PUT.
 * @param error The 412.
 * @returns The resource when it shows what was sent; `undefined` when another client has changed it.
 */
export async function findReplaced(
  target: WriteTarget,
  sent: JsonObject,
  error: unknown,
): Promise<CallResponse | undefined> {
  const response = await look(target, error)
  return coversResource(target.context.definition, sent, response.body) === 'yes'
    ? { ...response, found: true }
    : undefined
}

/**
 * Checks whether a PATCH without a usable response was applied, before it is sent again.
 *
 * @param target The resource, with the version that the PATCH was sent for.
 * @param operations What the PATCH changes.
 * @param error Why there is no usable response; a 412 may come from the PATCH's own first attempt.
 * @returns The resource when it shows the changes; `undefined` when they may be sent again.
 * @throws {ScimTransportError} `outcome: 'unknown'` when the resource has changed, and whether by this PATCH cannot be seen.
 */
export async function findPatched(
  target: WriteTarget,
  operations: readonly PatchOperation[],
  error: unknown,
): Promise<CallResponse | undefined> {
  if (error instanceof ScimResponseError && (error.status === 404 || error.status === 409)) return undefined
  const response = await look(target, error)
  const version = versionOf(response.headers, response.body)
  if (target.expected !== undefined && version === target.expected) return undefined
  const shown: Verdict = await showsPatch(target.context.definition, response.body, operations)
  if (shown === 'yes') return { ...response, found: true }
  if (shown === 'no' || target.expected === undefined) return undefined
  throw unknownOutcome('It is unknown whether the PATCH was applied: the server never returns what it sets', error)
}

async function look({ context, id, scope }: WriteTarget, error: unknown): Promise<CallResponse> {
  try {
    const response = await fetchResource(context, id, scope)
    return { ...response, body: readResource(context, response) }
  } catch (failure) {
    scope.signal?.throwIfAborted()
    if (failure instanceof ScimResponseError && failure.status === 404) throw failure // gone, whatever the write did
    throw unknownOutcome('It is unknown whether the write was applied: the resource could not be read', error)
  }
}
