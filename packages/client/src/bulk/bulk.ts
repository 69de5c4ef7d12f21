import { type BulkRequestOperation, ScimError, urns } from '@scimkit/core/schema'
import { versionOf, versionsOf } from '../resource/known-versions.js'
import { type CallScope, createScope } from '../transport/call.js'
import type { Connection } from '../transport/connection.js'
import { ScimResponseError } from '../transport/errors.js'
import { classifyFailure, isOutcomeUnknown } from '../transport/outcome.js'
import { checkRequestOptions } from '../transport/request-options.js'
import { retryDelay } from '../transport/retry-delay.js'
import { wait } from '../transport/run-within.js'
import { sendRequest } from '../transport/send-request.js'
import { type BulkEntry, type BulkItem, type BulkResult, notApplied, sortLedger, toEntry } from './ledger.js'
import { findBulkFault, matchBulkResponse } from './match-response.js'
import { prepareOperations } from './prepare-operations.js'
import { type BulkLimits, readBulkLimits } from './read-limits.js'
import { settleBulk } from './reconcile.js'
import { type BulkClient, type BulkOptions, type BulkRun, failuresLeft, keepId, tooManyFailed } from './run.js'
import { type BulkChunk, takeBulkChunk } from './take-chunk.js'

/**
 * Sends operations in as few bulk requests as the server's limits allow. A bulkId may be referred to from any later
 * operation, also when the server gets it in another request. Operations without a usable response are looked up; those
 * that were not carried out are sent again. A server without bulk gets them one by one.
 *
 * @param client What it is sent through.
 * @param operations The operations; a POST without `bulkId` gets one, data without `schemas` gets them. The data of a
 * PATCH may be a patch as `patch()` builds it.
 * @param options Options of the call.
 * @returns What came of each operation.
 * @throws {TypeError} When something is not an operation, two have the same `bulkId`, or the server's profile has no bulk.
 * @throws {ScimError} 501 when the server does not support bulk and `singleRequests` is `false`.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.7
 */
export async function bulk(
  client: BulkClient,
  operations: readonly BulkRequestOperation[],
  options: BulkOptions,
): Promise<BulkResult> {
  checkRequestOptions('bulk', options)
  const { connection } = client
  const waiting = prepareOperations(client.contexts, operations)
  ;(await connection.rules?.())?.require('bulk')
  const scope = () => createScope(options, connection)
  const limits = await readBulkLimits(connection, scope())
  const run: BulkRun = { ...client, options, waiting, settled: [], ids: new Map(), scope }
  if (!limits || !(await sendChunks(run, limits))) {
    if (options.singleRequests === false)
      throw new ScimError(501, 'The service provider does not support bulk requests')
    const { sendSingly } = await import('./send-singly.js')
    await sendSingly(run)
  }
  return sortLedger(run.settled)
}

/** @returns Whether the server has bulk, which only its response shows where it does not say so itself. */
async function sendChunks(run: BulkRun, limits: BulkLimits): Promise<boolean> {
  const { connection, waiting, settled, ids, options } = run
  /** Requests in a row after which no operation was known to be done or failed. */
  let fruitless = 0
  while (waiting.length > 0) {
    const failOnErrors = failuresLeft(run)
    if (failOnErrors === 0) break
    const chunk = takeBulkChunk(waiting, ids, limits)
    if (chunk.tooLarge)
      settled.push(notApplied(chunk.tooLarge, `Larger than the server accepts (${limits.maxPayloadSize} bytes)`))
    if (chunk.items.length === 0) continue
    const outcome = await sendChunk(run, chunk, failOnErrors)
    if (outcome === 'no bulk') {
      waiting.unshift(...chunk.items)
      return false
    }
    settled.push(...outcome.entries)
    if (outcome.undone.length === 0) continue
    fruitless = outcome.entries.length > 0 ? 0 : fruitless + 1
    if (fruitless > connection.retries) {
      settled.push(...outcome.undone.map((item) => notApplied(item, 'The server did not carry the operation out')))
      continue
    }
    waiting.unshift(...outcome.undone)
    if (fruitless > 0) await wait(retryDelay(undefined, fruitless), options.signal)
  }
  return true
}

/** What came of the operations of one request. */
interface ChunkOutcome {
  readonly entries: readonly BulkEntry[]
  /** Operations that certainly were not carried out, though none was refused. */
  readonly undone: readonly BulkItem[]
}

async function sendChunk(
  run: BulkRun,
  chunk: BulkChunk,
  failOnErrors: number | undefined,
): Promise<ChunkOutcome | 'no bulk'> {
  const { items } = chunk
  const scope = run.scope()
  let given: readonly (BulkEntry | undefined)[] = []
  let failure: Error | undefined
  try {
    given = matchBulkResponse(items, await requestBulk(run, { ...chunk, scope, failOnErrors }), run.connection.baseUrl)
  } catch (error) {
    scope.signal?.throwIfAborted()
    if (!(error instanceof Error)) throw error
    if (lacksBulk(run.connection, error)) return 'no bulk'
    if (isRejected(error)) return { entries: items.map((item) => toEntry(item, { error })), undone: [] }
    failure = error
  }
  keepFindings(run, items, given)
  const failed = given.filter((entry) => entry?.error !== undefined).length
  if (failOnErrors !== undefined && failed >= failOnErrors) {
    // The server has stopped, as it was asked to, so what it leaves out was not carried out.
    given = items.map((item, at) => given[at] ?? notApplied(item, tooManyFailed))
  }
  return settleBulk(run, { items, given, failure, scope })
}

interface BulkSending extends BulkChunk {
  readonly scope: CallScope
  readonly failOnErrors: number | undefined
}

async function requestBulk(
  { connection }: BulkRun,
  { items, texts, scope, failOnErrors }: BulkSending,
): Promise<unknown> {
  const head = { schemas: [urns.bulkRequest], ...(failOnErrors !== undefined && { failOnErrors }) }
  const response = await sendRequest(connection, {
    method: 'POST',
    path: '/Bulk',
    scope,
    body: { ...head, Operations: items.map(({ operation }) => operation) },
    text: `${JSON.stringify(head).slice(0, -1)},"Operations":[${texts.join(',')}]}`,
    findFault: ({ body }) => findBulkFault(body),
    settle: async (error) => {
      throw error // what may have been applied is looked up, operation by operation, before any of it is sent again
    },
  })
  return response.body
}

function isRejected(error: Error): boolean {
  return classifyFailure(error) !== 'ambiguous' && !isOutcomeUnknown(error)
}

/** A server that does not say that it has bulk, and has no such endpoint. */
function lacksBulk({ learned }: Connection, error: Error): boolean {
  if (learned.config?.bulk?.supported === true || !(error instanceof ScimResponseError)) return false
  return [404, 405, 501].includes(error.status)
}

/** The new version, if the server gave one, takes the place of the one last read; new ids are kept for references. */
function keepFindings(
  { connection, ids }: BulkRun,
  items: readonly BulkItem[],
  given: readonly (BulkEntry | undefined)[],
) {
  for (const [at, { operation }] of items.entries()) {
    const entry = given[at]
    if (!entry || entry.error) continue
    keepId(ids, entry)
    if (entry.method !== 'POST') versionsOf(connection).set(operation.path, versionOf(undefined, { meta: entry }))
  }
}
