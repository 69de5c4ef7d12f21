import type { BulkItem } from './ledger.js'
import type { BulkLimits } from './read-limits.js'
import { resolveReferences } from './references.js'

/** Room for the envelope of a request, in bytes. */
const envelope = 200

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
 * @param limits Limits of the server.
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
