import { type BulkRequestOperation, urns } from '@scimkit/core/schema'
import { type BulkChunk, readBulkLimits, takeBulkChunk } from './bulk-chunks.js'
import {
  type BulkEntry,
  type BulkItem,
  type BulkResult,
  isFailed,
  isUnknown,
  notApplied,
  sortLedger,
  toEntry,
} from './bulk-ledger.js'
import { type CallScope, createScope } from './call.js'
import { ScimTransportError } from './client-errors.js'
import type { Connection } from './connection.js'
import { schemasOf } from './create-resource.js'
import { versionOf } from './known-versions.js'
import { findBulkFault, matchBulkResponse } from './match-bulk-response.js'
import { isObject } from './read-resource.js'
import { findContext, reconcileBulkEntry } from './reconcile-bulk.js'
import type { RequestOptions } from './resource-client.js'
import type { ResourceContext } from './resource-context.js'
import { judgeFailure } from './retry-policy.js'
import { sendRequest } from './send-request.js'

/** Options of a bulk call. */
export interface BulkOptions
  extends Omit<RequestOptions<never, never>, 'attributes' | 'excludedAttributes' | 'ifMatch'> {
  /** Number of failed operations after which no more are carried out; none unless given. */
  readonly failOnErrors?: number | undefined
}

/** What bulk requests are sent through. */
export interface BulkClient {
  readonly connection: Connection
  /** Of the client's resource types, for looking. */
  readonly contexts: readonly ResourceContext[]
}

/**
 * Sends operations in as few bulk requests as the server's limits allow. A bulkId may be referred to from any later
 * operation, also when the server gets it in another request. Operations without a usable answer are looked at.
 *
 * @param client What it is sent through.
 * @param operations The operations; a POST without `bulkId` gets one, data without `schemas` gets them. The data of a
 * PATCH may be a patch as `patch()` builds it.
 * @param options Of the call.
 * @returns What came of each operation.
 * @throws {TypeError} When two operations have the same `bulkId`, or the server's profile has no bulk.
 * @throws {ScimError} 501 when the server says that it does not support bulk.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.7
 */
export async function bulk(
  client: BulkClient,
  operations: readonly BulkRequestOperation[],
  options: BulkOptions,
): Promise<BulkResult> {
  const { connection } = client
  ;(await connection.rules?.())?.require('bulk')
  const scope = () => createScope(options, connection)
  const limits = await readBulkLimits(connection, scope())
  const waiting = prepareOperations(client.contexts, operations)
  const settled: BulkEntry[] = []
  const ids = new Map<string, string>()
  const failures = () => settled.filter(isFailed).length
  while (waiting.length > 0) {
    const failOnErrors = options.failOnErrors && options.failOnErrors - failures()
    if (failOnErrors !== undefined && failOnErrors <= 0) {
      settled.push(...waiting.splice(0).map((item) => notApplied(item, 'Not sent: too many operations had failed')))
      break
    }
    const chunk = takeBulkChunk(waiting, ids, limits)
    if (chunk.tooLarge)
      settled.push(notApplied(chunk.tooLarge, `Larger than the server takes (${limits.maxPayloadSize} bytes)`))
    if (chunk.items.length === 0) continue
    const entries = await sendChunk(client, chunk, { scope: scope(), failOnErrors })
    for (const entry of entries) {
      const id = entry.location?.split('/').pop()
      if (entry.bulkId !== undefined && id && !entry.error) ids.set(entry.bulkId, decodeURIComponent(id))
    }
    settled.push(...entries)
  }
  return sortLedger(settled)
}

function prepareOperations(
  contexts: readonly ResourceContext[],
  operations: readonly BulkRequestOperation[],
): BulkItem[] {
  const taken = new Set<string>()
  return operations.map((operation, index) => {
    const { method, path } = operation
    const bulkId = operation.bulkId ?? (method === 'POST' ? `operation-${index + 1}` : undefined)
    if (bulkId !== undefined && taken.has(bulkId)) throw new TypeError(`The bulkId ${bulkId} is given twice`)
    if (bulkId !== undefined) taken.add(bulkId)
    const complete = { ...operation }
    const data = completeData(contexts, operation)
    if (bulkId !== undefined) complete.bulkId = bulkId
    if (data !== undefined) complete.data = data
    return { index, bulkId, method, path, operation: complete }
  })
}

/** Adds the `schemas` that `create`, `replace` and `patch` would add. */
function completeData(contexts: readonly ResourceContext[], { method, path, data }: BulkRequestOperation): unknown {
  if (!isObject(data) || data.schemas !== undefined) return data
  if (Array.isArray(data.operations)) return { schemas: [urns.patchOp], Operations: data.operations }
  const context = findContext(contexts, path)
  return context && (method === 'POST' || method === 'PUT') ? { ...data, schemas: schemasOf(context, data) } : data
}

async function sendChunk(
  client: BulkClient,
  { items, texts }: BulkChunk,
  { scope, failOnErrors }: { readonly scope: CallScope; readonly failOnErrors: number | undefined },
): Promise<BulkEntry[]> {
  const { connection, contexts } = client
  let entries: BulkEntry[]
  try {
    const head = { schemas: [urns.bulkRequest], ...(failOnErrors !== undefined && { failOnErrors }) }
    const answer = await sendRequest(connection, {
      method: 'POST',
      path: '/Bulk',
      scope,
      body: { ...head, Operations: items.map(({ operation }) => operation) },
      text: `${JSON.stringify(head).slice(0, -1)},"Operations":[${texts.join(',')}]}`,
      findFault: ({ body }) => findBulkFault(body),
      settle: async (error) => {
        throw error // what may have been applied is looked at, operation by operation, and never sent again as it is
      },
    })
    entries = matchBulkResponse(items, answer.body)
  } catch (error) {
    scope.signal?.throwIfAborted()
    if (!(error instanceof Error)) throw error
    const refused =
      judgeFailure(error) !== 'doubtful' && !(error instanceof ScimTransportError && error.outcome === 'unknown')
    if (refused) return items.map((item) => toEntry(item, { error }))
    entries = items.map((item) =>
      toEntry(item, {
        error: new ScimTransportError('network', 'The bulk request got no usable answer', {
          outcome: 'unknown',
          cause: error,
        }),
      }),
    )
  }
  for (const [position, { operation }] of items.entries()) {
    const entry = entries[position]
    // The new version, if the server gave one, takes the place of the one last read.
    if (entry && !entry.error) connection.versions.set(operation.path, versionOf(undefined, { meta: entry }))
  }
  if (!entries.some(isUnknown)) return entries
  return Promise.all(
    entries.map((entry, position) => {
      const item = items[position]
      return item && isUnknown(entry) ? reconcileBulkEntry(contexts, item, entry, scope) : entry
    }),
  )
}
