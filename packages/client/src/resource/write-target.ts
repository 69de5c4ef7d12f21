import { type Call, type CallResponse, type CallScope, createScope } from '../transport/call.js'
import type { Connection } from '../transport/connection.js'
import { isErrorBody } from '../transport/error-body.js'
import { oncePerClient } from '../transport/once.js'
import type { RequestOptions } from '../transport/request-options.js'
import { runWithin } from '../transport/run-within.js'
import { sendRequest } from '../transport/send-request.js'
import { buildQuery, isProjected, projectionOf } from './build-query.js'
import { addressOf, type ResourceAddress, type ResourceContext } from './context.js'
import { getResource, receiveResource } from './get-resource.js'
import { versionOf, versionsOf } from './known-versions.js'
import { findResourceFault, type ReceivedResource } from './read-resource.js'

/** A resource that one call writes, and the condition on which it does. */
export interface WriteTarget {
  readonly context: ResourceContext
  readonly id: string
  readonly address: ResourceAddress
  readonly scope: CallScope
  readonly options: RequestOptions
  /** Entity tag that the resource must still have. */
  readonly expected: string | undefined
}

/**
 * Runs a write. Where the caller gives no condition it waits for the client's earlier writes to the resource, and names
 * the version that they have left.
 *
 * @param context Context of the resource type.
 * @param id Id of the resource.
 * @param options Options of the call.
 * @param run Does the writing.
 * @returns What `run` returns.
 * @throws {TypeError} When the id cannot be a segment of a URL.
 */
export async function write<T>(
  context: ResourceContext,
  id: string,
  options: RequestOptions,
  run: (target: WriteTarget) => Promise<T>,
): Promise<T> {
  const { connection } = context
  const address = addressOf(context, id)
  const { ifMatch, signal } = options
  const target = { context, id, address, scope: createScope(options, connection), options }
  if (ifMatch !== undefined) return run({ ...target, expected: ifMatch || undefined })
  const turn = () => run({ ...target, expected: versionsOf(connection).get(address.key) })
  return runWithin({ milliseconds: Infinity, signal }, () => writeOrderOf(connection)(address.key, turn))
}

/**
 * Sends the request of a write, with its condition and its projection.
 *
 * @param target The resource.
 * @param call Method, body, and how an ambiguous attempt is settled.
 * @returns The response; its body is missing, or is the resource.
 */
export function sendWrite(
  { context, address, scope, options, expected }: WriteTarget,
  call: Pick<Call, 'method' | 'body' | 'settle'>,
): Promise<CallResponse> {
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

/**
 * Takes the resource out of the response to a write, and remembers its version.
 *
 * @param target The resource.
 * @param response The response; a resource that was found by a look-up is read again with the projection of the call.
 * @returns The resource; `undefined` when the server sends none.
 */
export async function receiveWritten(
  { context, id, address, scope, options }: WriteTarget,
  response: CallResponse,
): Promise<ReceivedResource | undefined> {
  if (response.found && isProjected(options)) return getResource(context, id, options, scope)
  if (response.body !== undefined) return receiveResource(context, response, options)
  versionsOf(context.connection).set(address.key, versionOf(response.headers, undefined))
  return undefined
}

/** Runs conditional writes of one client to one resource one after another, so that none makes the next one's version stale. */
type WriteOrder = <T>(key: string, write: () => Promise<T>) => Promise<T>

const writeOrderOf: (connection: Connection) => WriteOrder = /* @__PURE__ */ oncePerClient(() => createWriteOrder())

/** @returns A function that runs a write when the earlier ones with its key have ended. */
function createWriteOrder(): WriteOrder {
  const last = new Map<string, Promise<unknown>>()
  return (key, write) => {
    const before = last.get(key)
    const turn = before ? before.then(write, write) : write()
    last.set(key, turn)
    const forget = (): void => {
      if (last.get(key) === turn) last.delete(key)
    }
    turn.then(forget, forget)
    return turn
  }
}
