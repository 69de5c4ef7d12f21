import { type PatchOperation, urns } from '@scimkit/core/schema'
import type { RequestOptions } from '../api/resource-client.js'
import type { Patch, PatchBuilder } from '../patch/patch-builder.js'
import { type Answer, type Call, type CallScope, createScope } from '../transport/call.js'
import { ScimResponseError } from '../transport/errors.js'
import { loadOnce } from '../transport/once.js'
import { runWithin } from '../transport/run-within.js'
import { sendRequest } from '../transport/send-request.js'
import { buildQuery } from './build-query.js'
import { schemasOf } from './create-resource.js'
import { versionOf, versionsOf } from './known-versions.js'
import { findResourceFault, isErrorBody, type ReceivedResource } from './read-resource.js'
import {
  addressOf,
  getResource,
  isProjected,
  projectionOf,
  type ResourceAddress,
  type ResourceContext,
  receiveResource,
} from './resource-context.js'
import { orderOf } from './write-order.js'

/**
 * Replaces a resource.
 *
 * @param context Of the resource type.
 * @param id Id of the resource.
 * @param input The new resource; `schemas` may be missing.
 * @param options Of the call.
 * @returns The resource as the server has it now.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.1
 */
export async function replaceResource(
  context: ResourceContext,
  id: string,
  input: Readonly<Record<string, unknown>>,
  options: RequestOptions,
): Promise<ReceivedResource> {
  const body = { ...input, schemas: schemasOf(context, input) }
  return write(context, id, options, async (target) => {
    const answer = await send(context, target, {
      method: 'PUT',
      body,
      settle: async (error) => {
        if (statusOf(error) !== 412) return undefined
        const { findReplaced } = await import('./find-applied.js')
        return findReplaced(context, target, body, error)
      },
    })
    return (await received(context, target, answer)) ?? getResource(context, id, options, target.scope)
  })
}

/** What a PATCH is made of: a function that builds it, a built one, or its operations. */
export type Changes = ((builder: PatchBuilder<Record<string, unknown>>) => Patch) | Patch | readonly PatchOperation[]

/**
 * Changes a resource.
 *
 * @param context Of the resource type.
 * @param id Id of the resource.
 * @param changes The changes.
 * @param options Of the call.
 * @returns The changed resource; `undefined` when the server answers without one and no attributes were asked for.
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
    const resource = parts.length === 1 ? await sendPatch(context, target, operations) : await inParts(target)
    return resource || !options.attributes?.length ? resource : getResource(context, id, options, target.scope)
  })

  async function inParts(first: WriteTarget): Promise<ReceivedResource | undefined> {
    const { patchInParts } = await import('../profiles/patch-in-parts.js')
    const next = () => ({ ...first, expected: versionsOf(connection).get(first.address.key) })
    const send = (part: readonly PatchOperation[], number: number) =>
      sendPatch(context, number === 0 || options.ifMatch === false ? first : next(), part)
    return patchInParts(parts, send, options.signal)
  }
}

async function sendPatch(
  context: ResourceContext,
  target: WriteTarget,
  operations: readonly PatchOperation[],
): Promise<ReceivedResource | undefined> {
  const answer = await send(context, target, {
    method: 'PATCH',
    body: { schemas: [urns.patchOp], Operations: operations },
    settle: async (error) => {
      const { findPatched } = await import('./find-applied.js')
      return findPatched(context, target, operations, error)
    },
  })
  return received(context, target, answer)
}

/**
 * Deletes a resource.
 *
 * @param context Of the resource type.
 * @param id Id of the resource.
 * @param options Of the call.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.6
 */
export async function deleteResource(context: ResourceContext, id: string, options: RequestOptions): Promise<void> {
  await write(context, id, options, async (target) => {
    const gone: Answer = { status: 204, headers: new Headers(), body: undefined, request: { ...noRequest } }
    await send(context, target, {
      method: 'DELETE',
      settle: async (error) => (statusOf(error) === 404 ? gone : undefined),
    })
    versionsOf(context.connection).set(target.address.key, undefined)
  })
}

const noRequest = { method: 'DELETE', url: '', headers: {} } as const

/** A resource that is written, and on what condition. */
export interface WriteTarget {
  readonly id: string
  readonly address: ResourceAddress
  readonly scope: CallScope
  readonly options: RequestOptions
  /** Entity tag that the resource must still have. */
  readonly expected: string | undefined
}

async function write<T>(
  context: ResourceContext,
  id: string,
  options: RequestOptions,
  run: (target: WriteTarget) => Promise<T>,
): Promise<T> {
  const { connection } = context
  const address = addressOf(context, id)
  const { ifMatch, signal } = options
  const scope = createScope(options, connection)
  if (ifMatch !== undefined) return run({ id, address, scope, options, expected: ifMatch || undefined })
  const turn = () => run({ id, address, scope, options, expected: versionsOf(connection).get(address.key) })
  return runWithin({ milliseconds: Infinity, signal }, () => orderOf(connection)(address.key, turn))
}

function send(
  context: ResourceContext,
  { address, scope, options, expected }: WriteTarget,
  call: Pick<Call, 'method' | 'body' | 'settle'>,
): Promise<Answer> {
  return sendRequest(context.connection, {
    ...call,
    path: address.path + buildQuery(projectionOf(options)),
    scope,
    headers: expected === undefined ? undefined : { 'if-match': expected },
    findFault: ({ body }) => {
      if (body === undefined) return undefined
      if (call.method !== 'DELETE') return findResourceFault(body, address.id)
      return isErrorBody(body) ? 'is an error with the status of success' : undefined
    },
  })
}

/** The resource in the answer to a write; a server may send none, and one that was found is read anew as asked for. */
async function received(
  context: ResourceContext,
  { id, address, scope, options }: WriteTarget,
  answer: Answer,
): Promise<ReceivedResource | undefined> {
  if (answer.found && isProjected(options)) return getResource(context, id, options, scope)
  if (answer.body !== undefined) return receiveResource(context, answer, options)
  versionsOf(context.connection).set(address.key, versionOf(answer.headers, undefined))
  return undefined
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

function statusOf(error: unknown): number | undefined {
  return error instanceof ScimResponseError ? error.status : undefined
}
