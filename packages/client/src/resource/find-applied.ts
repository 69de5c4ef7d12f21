import type { PatchOperation } from '@scimkit/core/schema'
import type { Answer } from '../transport/call.js'
import { ScimResponseError } from '../transport/errors.js'
import { unknownOutcome } from '../transport/outcome.js'
import { coversResource, type Verdict } from './covers-value.js'
import { versionOf } from './known-versions.js'
import { readResource } from './read-resource.js'
import { fetchResource, type ResourceContext } from './resource-context.js'
import { showsPatch } from './shows-patch.js'
import type { WriteTarget } from './write-resource.js'

/**
 * Looks whether a 412 comes from the PUT's own first try.
 *
 * @param context Of the resource type.
 * @param target The resource.
 * @param sent Body of the PUT.
 * @param error The 412.
 * @returns The resource when it shows what was sent; `undefined` when another client has changed it.
 */
export async function findReplaced(
  context: ResourceContext,
  target: WriteTarget,
  sent: Readonly<Record<string, unknown>>,
  error: unknown,
): Promise<Answer | undefined> {
  const answer = await look(context, target, error)
  return coversResource(context.definition, sent, answer.body) === 'yes' ? { ...answer, found: true } : undefined
}

/**
 * Looks whether a PATCH without a usable answer was applied, before it is sent again.
 *
 * @param context Of the resource type.
 * @param target The resource, with the version that the PATCH was sent for.
 * @param operations What the PATCH changes.
 * @param error Why there is no usable answer; a 412 may come from the PATCH's own first try.
 * @returns The resource when it shows the changes; `undefined` when they may be sent again.
 * @throws {ScimTransportError} `outcome: 'unknown'` when the resource has changed, and whether by this PATCH cannot be seen.
 */
export async function findPatched(
  context: ResourceContext,
  target: WriteTarget,
  operations: readonly PatchOperation[],
  error: unknown,
): Promise<Answer | undefined> {
  if (error instanceof ScimResponseError && (error.status === 404 || error.status === 409)) return undefined
  const answer = await look(context, target, error)
  const version = versionOf(answer.headers, answer.body)
  if (target.expected !== undefined && version === target.expected) return undefined
  const shown: Verdict = await showsPatch(context.definition, answer.body, operations)
  if (shown === 'yes') return { ...answer, found: true }
  if (shown === 'no' || target.expected === undefined) return undefined
  throw unknownOutcome('It is unknown whether the PATCH was applied: what it sets is never shown', error)
}

async function look(context: ResourceContext, target: WriteTarget, error: unknown): Promise<Answer> {
  try {
    const answer = await fetchResource(context, target.id, target.scope)
    return { ...answer, body: readResource(context, answer) }
  } catch (failure) {
    target.scope.signal?.throwIfAborted()
    if (failure instanceof ScimResponseError && failure.status === 404) throw failure // gone, whatever the write did
    throw unknownOutcome('It is unknown whether the write was applied: looking at the resource failed', error)
  }
}
