import { type PatchOperation, urns } from '@scimkit/core/schema'
import type { Patch, PatchBuilder } from '../patch/patch-builder.js'
import type { CallResponse } from '../transport/call.js'
import { loadOnce } from '../transport/once.js'
import type { RequestOptions } from '../transport/request-options.js'
import type { ResourceContext } from './context.js'
import { getResource } from './get-resource.js'
import { versionsOf } from './known-versions.js'
import type { ReceivedResource } from './read-resource.js'
import { receiveWritten, sendWrite, type WriteTarget, write } from './write-target.js'

/** What a PATCH is made of: a function that builds it, a built one, or its operations. */
export type Changes = ((builder: PatchBuilder<Record<string, unknown>>) => Patch) | Patch | readonly PatchOperation[]

/**
 * Changes a resource.
 *
 * @param context Context of the resource type.
 * @param id Id of the resource.
 * @param changes The changes.
 * @param options Options of the call.
 * @returns The changed resource; `undefined` when the server responds without one and no attributes were requested.
 * @throws {TypeError} When there are no changes.
 * @throws {ScimPartialPatchError} When the server's profile forces several requests, and one after the first fails.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export async function patchResource(
  context: ResourceContext,
  id: string,
  changes: Changes,
  options: RequestOptions,
): Promise<ReceivedResource | undefined> {
  const operations = await operationsOf(context, changes)
  if (operations.length === 0) throw new TypeError('A patch needs at least one change')
  const { connection, definition } = context
  const parts = (await connection.rules?.())?.split(definition.endpoint, operations) ?? [operations]
  return write(context, id, options, async (target) => {
    const resource = parts.length === 1 ? await sendPatch(target, operations) : await sendParts(target, parts)
    return resource || !options.attributes?.length ? resource : getResource(context, id, options, target.scope)
  })
}

async function sendPatch(
  target: WriteTarget,
  operations: readonly PatchOperation[],
): Promise<ReceivedResource | undefined> {
  const settle = async (error: unknown): Promise<CallResponse | undefined> => {
    const { findPatched } = await import('./find-applied.js')
    return findPatched(target, operations, error)
  }
  const body = { schemas: [urns.patchOp], Operations: operations }
  return receiveWritten(target, await sendWrite(target, { method: 'PATCH', body, settle }))
}

/** Each part after the first is sent for the version that the one before has left. */
async function sendParts(
  first: WriteTarget,
  parts: readonly (readonly PatchOperation[])[],
): Promise<ReceivedResource | undefined> {
  const { patchInParts } = await import('../profiles/patch-in-parts.js')
  const { context, options, address } = first
  const next = () => ({ ...first, expected: versionsOf(context.connection).get(address.key) })
  const send = (part: readonly PatchOperation[], index: number) =>
    sendPatch(index === 0 || options.ifMatch === false ? first : next(), part)
  return patchInParts(parts, send, options.signal)
}

const patchBuilder = /* @__PURE__ */ loadOnce(() => import('../patch/patch-builder.js'))

async function operationsOf(context: ResourceContext, changes: Changes): Promise<readonly PatchOperation[]> {
  if (typeof changes !== 'function') return checkOperations(changes)
  const { createPatchBuilder } = await patchBuilder()
  return checkOperations(changes(createPatchBuilder(context.definition)))
}

function checkOperations(changes: Patch | readonly PatchOperation[]): readonly PatchOperation[] {
  const operations: unknown = Array.isArray(changes) ? changes : (changes as Patch | undefined)?.operations // or anything
  if (!Array.isArray(operations)) {
    throw new TypeError('A patch is what patch(definition) or (p) => p.replace(…) builds, or a list of operations')
  }
  if (!operations.every((operation) => typeof operation?.op === 'string')) {
    throw new TypeError('A patch as a list has operations such as { op, path, value }')
  }
  return operations
}
