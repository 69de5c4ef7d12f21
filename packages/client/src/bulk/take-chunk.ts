import type { BulkRequestOperation } from '@scimkit/core/schema'
import { readServiceProviderConfig } from '../discovery/discover.js'
import type { CallScope } from '../transport/call.js'
import type { Connection } from '../transport/connection.js'
import type { BulkItem } from './ledger.js'

/** How much a server takes in one bulk request. */
export interface BulkLimits {
  readonly maxOperations: number
  /** Bytes. */
  readonly maxPayloadSize: number
}

/** Limits of a server that does not say any; they are the RFC's example. */
const usualLimits: BulkLimits = { maxOperations: 1000, maxPayloadSize: 1_048_576 }

/** Room for the envelope of a request, in bytes. */
const envelope = 200

const known = new WeakMap<Connection, { readonly limits: BulkLimits | undefined }>()

/**
 * Reads the server's limits, once for a client, and not at all where the client has discovered the server.
 *
 * @param connection What the client's calls share.
 * @param scope Scope of the call.
 * @returns The limits; `undefined` when the server says that it does not support bulk.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-5
 */
export async function readBulkLimits(connection: Connection, scope: CallScope): Promise<BulkLimits | undefined> {
  const remembered = known.get(connection)
  if (remembered) return remembered.limits
  const config = connection.learned.config ?? (await readServiceProviderConfig(connection, scope))
  const { supported, maxOperations, maxPayloadSize } = config?.bulk ?? {}
  const limits = {
    maxOperations: limitOr(usualLimits.maxOperations, maxOperations),
    maxPayloadSize: limitOr(usualLimits.maxPayloadSize, maxPayloadSize),
  }
  const found = { limits: String(supported) === 'false' ? undefined : limits }
  known.set(connection, found)
  return found.limits
}

/** A limit of 0 or less would let nothing through, so it is none; some servers send `null` or text. */
function limitOr(usual: number, said: unknown): number {
  const limit = Number(said)
  return limit > 0 ? limit : usual
}

/** Operations of one request. */
export interface BulkChunk {
  readonly items: readonly BulkItem[]
  /** JSON texts of the operations. */
  readonly texts: readonly string[]
  /** An operation that no request can carry. */
  readonly tooLarge?: BulkItem | undefined
}

/**
 * Takes the operations of the next request off the front of those that wait.
 *
 * @param waiting Operations that wait; those that are taken are removed.
 * @param ids Ids of resources that earlier requests created, by bulkId; references to them are replaced.
 * @param limits Of the server.
 * @returns The operations as they are sent.
 */
export function takeBulkChunk(waiting: BulkItem[], ids: ReadonlyMap<string, string>, limits: BulkLimits): BulkChunk {
  const items: BulkItem[] = []
  const texts: string[] = []
  let size = envelope
  while (items.length < limits.maxOperations) {
    const [next] = waiting
    if (!next) break
    const item = ids.size === 0 ? next : { ...next, operation: resolveReferences(next.operation, ids) }
    const text = JSON.stringify(item.operation)
    const bytes = countBytes(text) + 1
    if (size + bytes > limits.maxPayloadSize) {
      if (items.length > 0) break
      waiting.shift()
      return { items, texts, tooLarge: next }
    }
    size += bytes
    items.push(item)
    texts.push(text)
    waiting.shift()
  }
  return { items, texts }
}

const encoder = /* @__PURE__ */ new TextEncoder()

/** Of UTF-8; most operations are plain ASCII, whose bytes are its characters. */
function countBytes(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON has none, and a range without them is slower
  return /^[\x00-\x7f]*$/.test(text) ? text.length : encoder.encode(text).byteLength
}

/**
 * Replaces references by ids. They stand as whole texts, in paths and in the filters of PATCH paths.
 *
 * @param operation Operation.
 * @param ids Ids by bulkId.
 * @returns The operation with the ids that are known.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.7.2
 */
export function resolveReferences(
  operation: BulkRequestOperation,
  ids: ReadonlyMap<string, string>,
): BulkRequestOperation {
  const replace = (text: string): string =>
    text.replace(/bulkId:([^\s"'/\]]+)/g, (reference, bulkId: string) => ids.get(bulkId) ?? reference)
  const data = JSON.parse(JSON.stringify(operation.data ?? null), (key, value) =>
    typeof value === 'string' && (/^bulkId:/.test(value) || key === 'path') ? replace(value) : value,
  )
  return { ...operation, path: replace(operation.path), ...(operation.data !== undefined && { data }) }
}
