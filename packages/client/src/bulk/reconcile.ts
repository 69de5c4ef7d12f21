import { isObject } from '@scimkit/core/internal'
import type { BulkRequestOperation, PatchOperation } from '@scimkit/core/schema'
import type { ResourceContext } from '../resource/context.js'
import { coversResource, type Verdict } from '../resource/covers-value.js'
import { findCreated } from '../resource/find-created.js'
import { fetchResource } from '../resource/get-resource.js'
import { versionOf } from '../resource/known-versions.js'
import { type ReceivedResource, readResource } from '../resource/read-resource.js'
import { resourcePath } from '../resource/resource-path.js'
import { showsPatch } from '../resource/shows-patch.js'
import type { CallScope } from '../transport/call.js'
import { ScimResponseError, ScimTransportError } from '../transport/errors.js'
import { type BulkEntry, type BulkItem, describeOperation, isUnknown, notApplied, toEntry } from './ledger.js'
import { findContext } from './prepare-operations.js'
import { referencesOf, resolveReferences } from './references.js'
import { type BulkRun, keepId } from './run.js'

/** What is known about the operations of one request. */
export interface BulkReport {
  readonly items: readonly BulkItem[]
  /** The outcome of each by the server, in the same order; `undefined` where it left one out. */
  readonly given: readonly (BulkEntry | undefined)[]
  /** Why there is no usable response at all. */
  readonly failure: Error | undefined
  readonly scope: CallScope
}

/** An operation whose outcome the server has not made clear. */
interface Doubt {
  readonly item: BulkItem
  readonly entry: BulkEntry
  /** Whether the server has said nothing about it, so that it may be sent again once it is known not to be applied. */
  readonly leftOut: boolean
}

/**
 * Settles the operations of a request: those without a usable outcome are looked up, after those that they refer to.
 *
 * @param run The bulk call; ids that are found on the way are kept in it.
 * @param report What the server said.
 * @returns A line for each operation, but for those that the server left out and certainly has not carried out.
 */
export async function settleBulk(
  run: BulkRun,
  report: BulkReport,
): Promise<{ readonly entries: BulkEntry[]; readonly undone: BulkItem[] }> {
  const undone: BulkItem[] = []
  const { entries, ...open } = sortOut(report)
  let { doubts } = open
  const failed = new Set(entries.filter(({ error }) => error).map(({ bulkId }) => bulkId))
  while (doubts.length > 0) {
    const resolved = doubts.map((doubt) => withReferences(doubt, run.ids))
    const ready = resolved.filter(({ item }) => referencesOf(item.operation).length === 0)
    const blocked = resolved.filter(({ item }) => referencesOf(item.operation).length > 0)
    // What refers to something that was not carried out cannot have been carried out itself.
    const hopeless = blocked.filter(({ item }) => referencesOf(item.operation).every((bulkId) => failed.has(bulkId)))
    if (ready.length === 0 && hopeless.length === 0) break
    const looked = await Promise.all(
      ready.map(async (doubt) => ({ doubt, found: await lookUp(run, doubt, report.scope) })),
    )
    for (const { doubt, found } of [...looked, ...hopeless.map((doubt) => ({ doubt, found: 'undone' as const }))]) {
      if (found === 'undone' && doubt.leftOut) undone.push(doubt.item)
      else entries.push(found === 'undone' ? notApplied(doubt.item, notCarriedOut) : found)
      if (found === 'undone' || found.error) failed.add(doubt.item.bulkId)
      else keepId(run.ids, found)
    }
    doubts = blocked.filter((doubt) => !hopeless.includes(doubt))
  }
  entries.push(...doubts.map(({ entry }) => entry))
  return { entries, undone: undone.sort((left, right) => left.index - right.index) }
}

function sortOut({ items, given, failure }: BulkReport): { readonly entries: BulkEntry[]; readonly doubts: Doubt[] } {
  const entries: BulkEntry[] = []
  const doubts: Doubt[] = []
  for (const [at, item] of items.entries()) {
    const entry = given[at]
    if (!entry) doubts.push({ item, entry: withoutResponse(item, failure), leftOut: true })
    else if (isUnknown(entry)) doubts.push({ item, entry, leftOut: false })
    else entries.push(entry)
  }
  return { entries, doubts }
}

const notCarriedOut = 'The server did not carry the operation out'

function withoutResponse(item: BulkItem, cause: Error | undefined): BulkEntry {
  const { reason = cause ? 'network' : 'invalid-response' } = cause instanceof ScimTransportError ? cause : {}
  const message = describeOperation(item, cause ? 'No usable response came' : 'The response leaves it out')
  return toEntry(item, { error: new ScimTransportError(reason, message, { outcome: 'unknown', cause }) })
}

function withReferences(doubt: Doubt, ids: ReadonlyMap<string, string>): Doubt {
  const { item } = doubt
  return ids.size === 0 ? doubt : { ...doubt, item: { ...item, operation: resolveReferences(item.operation, ids) } }
}

async function lookUp(run: BulkRun, { item, entry }: Doubt, scope: CallScope): Promise<BulkEntry | 'undone'> {
  const { operation } = item
  const context = findContext(run.contexts, operation.path)
  if (!context) return entry
  try {
    return operation.method === 'POST'
      ? await lookUpCreated(context, { item, entry, scope })
      : await lookUpWritten(context, { item, entry, scope })
  } catch {
    scope.signal?.throwIfAborted()
    return entry // looking failed, and its own error says less than the one that is in the entry
  }
}

interface LookUp {
  readonly item: BulkItem
  readonly entry: BulkEntry
  readonly scope: CallScope
}

async function lookUpCreated(context: ResourceContext, { item, entry, scope }: LookUp): Promise<BulkEntry | 'undone'> {
  const data = isObject(item.operation.data) ? item.operation.data : {}
  const response = await findCreated(context, data, scope, entry.error)
  if (!response) return 'undone'
  const { id } = response.body as ReceivedResource // a look-up finds resources
  const path = resourcePath(context.definition.endpoint, id)
  const version = versionOf(undefined, response.body)
  return toEntry(item, { location: context.connection.baseUrl + path, ...(version !== undefined && { version }) })
}

async function lookUpWritten(context: ResourceContext, { item, entry, scope }: LookUp): Promise<BulkEntry | 'undone'> {
  const { operation } = item
  const id = decodeURIComponent(operation.path.slice(context.definition.endpoint.length + 1))
  const resource = await findResource(context, id, scope)
  if (resource === undefined)
    return operation.method === 'DELETE' ? toEntry(item, {}) : notApplied(item, 'The resource is gone')
  const shown = findVerdict(context, operation, resource)
  if (shown === 'hidden') return entry
  return shown === 'yes' ? toEntry(item, {}) : 'undone'
}

async function findResource(context: ResourceContext, id: string, scope: CallScope): Promise<unknown> {
  try {
    return readResource(context, await fetchResource(context, id, scope))
  } catch (error) {
    if (error instanceof ScimResponseError && error.status === 404) return undefined
    throw error
  }
}

function findVerdict(
  { definition }: ResourceContext,
  { method, data }: BulkRequestOperation,
  resource: unknown,
): Verdict {
  if (method === 'DELETE') return 'no'
  if (method === 'PUT') return coversResource(definition, data, resource)
  const { Operations = [] } = (data ?? {}) as { Operations?: readonly PatchOperation[] } // a PatchOp, as it was sent
  return showsPatch(definition, resource, Operations)
}
