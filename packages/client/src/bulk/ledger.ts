import type { BulkRequestOperation } from '@scimkit/core/schema'
import { ScimTransportError } from '../transport/errors.js'
import { isOutcomeUnknown } from '../transport/outcome.js'
import { pathOf } from '../transport/sent-request.js'

/** What came of one operation. */
export interface BulkEntry {
  /** 0-based position among the given operations. */
  readonly index: number
  readonly bulkId?: string | undefined
  readonly method: BulkRequestOperation['method']
  readonly path: string
  /** HTTP status of the operation, where the server gave one. */
  readonly status?: number | undefined
  /** URI of the resource. */
  readonly location?: string | undefined
  readonly version?: string | undefined
  /** Why it failed, or why its outcome is unknown. */
  readonly error?: Error | undefined
}

/** The ledger of a bulk call: each operation is in one of the lists, in the order they were given. */
export interface BulkResult {
  readonly done: BulkEntry[]
  /** Certainly not applied. */
  readonly failed: BulkEntry[]
  /** May have been applied, which no look-up could settle. */
  readonly unknown: BulkEntry[]
}

/** An operation under way. */
export interface BulkItem extends BulkEntry {
  readonly operation: BulkRequestOperation
}

/**
 * @param item An operation.
 * @param found What is known about it.
 * @returns Its line in the ledger.
 */
export function toEntry(item: BulkEntry, found: Partial<BulkEntry>): BulkEntry {
  const { index, bulkId, method, path } = item
  return { index, ...(bulkId !== undefined && { bulkId }), method, path, ...found }
}

/**
 * @param item An operation.
 * @param sentence What there is to say of it.
 * @returns The sentence, preceded by the operation.
 */
export function describeOperation({ method, path }: Pick<BulkEntry, 'method' | 'path'>, sentence: string): string {
  return `${method} ${pathOf({ path, url: path })} in a bulk request: ${sentence}`
}

/**
 * @param item An operation.
 * @param why A sentence.
 * @returns Its line in the ledger: failed, since it certainly was not applied.
 */
export function notApplied(item: BulkEntry, why: string): BulkEntry {
  const message = describeOperation(item, why)
  return toEntry(item, { error: new ScimTransportError('invalid-response', message, { outcome: 'not-applied' }) })
}

/**
 * @param entry A line of the ledger.
 * @returns Whether the operation may have been applied.
 */
export function isUnknown({ error }: BulkEntry): boolean {
  return isOutcomeUnknown(error)
}

/**
 * @param entry A line of the ledger.
 * @returns Whether the operation certainly was not applied.
 */
export function isFailed(entry: BulkEntry): boolean {
  return entry.error !== undefined && !isUnknown(entry)
}

/**
 * @param entries Lines in any order.
 * @returns The ledger.
 */
export function sortLedger(entries: readonly BulkEntry[]): BulkResult {
  const result: BulkResult = { done: [], failed: [], unknown: [] }
  for (const entry of [...entries].sort((left, right) => left.index - right.index)) {
    const list = isUnknown(entry) ? 'unknown' : isFailed(entry) ? 'failed' : 'done'
    result[list].push(entry)
  }
  return result
}
