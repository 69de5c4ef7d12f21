import type { BulkRequestOperation, PatchOperation } from '@scimkit/core/schema'
import { type BulkEntry, type BulkItem, notApplied, toEntry } from './bulk-ledger.js'
import type { CallScope } from './call.js'
import { ScimResponseError } from './client-errors.js'
import { coversResource, type Verdict } from './covers-value.js'
import { findCreated } from './find-created.js'
import { versionOf } from './known-versions.js'
import { isObject, type ReceivedResource } from './read-resource.js'
import { fetchResource, type ResourceContext } from './resource-context.js'
import { resourcePath } from './resource-path.js'
import { showsPatch } from './shows-patch.js'

/**
 * Looks at the resource of an operation whose outcome the server did not say.
 *
 * @param contexts Of the client's resource types.
 * @param item The operation.
 * @param entry Its entry, which says that nobody knows.
 * @param scope Of the call.
 * @returns The entry as it is known now; the given one when looking did not help.
 */
export async function reconcileBulkEntry(
  contexts: readonly ResourceContext[],
  item: BulkItem,
  entry: BulkEntry,
  scope: CallScope,
): Promise<BulkEntry> {
  const { operation } = item
  const context = findContext(contexts, operation.path)
  // What refers to a resource that nobody knows the id of cannot be compared.
  if (!context || JSON.stringify([operation.path, operation.data]).includes('bulkId:')) return entry
  try {
    return operation.method === 'POST'
      ? await lookForCreated(context, item, entry, scope)
      : await lookAtWritten(context, item, entry, scope)
  } catch {
    scope.signal?.throwIfAborted()
    return entry // looking failed, and its own error says less than the one that is in the entry
  }
}

/**
 * @param contexts Of the client's resource types.
 * @param path Path of an operation.
 * @returns The resource type that the path belongs to.
 */
export function findContext(contexts: readonly ResourceContext[], path: string): ResourceContext | undefined {
  return contexts.find(({ definition: { endpoint } }) => path === endpoint || path.startsWith(`${endpoint}/`))
}

async function lookForCreated(
  context: ResourceContext,
  item: BulkItem,
  entry: BulkEntry,
  scope: CallScope,
): Promise<BulkEntry> {
  const data = isObject(item.operation.data) ? item.operation.data : {}
  const answer = await findCreated(context, data, scope, entry.error)
  if (!answer) return notApplied(item, 'The server did not carry the operation out')
  const { id } = answer.body as ReceivedResource // a look-up finds resources
  const path = resourcePath(context.definition.endpoint, id)
  const version = versionOf(undefined, answer.body)
  return toEntry(item, { location: context.connection.baseUrl + path, ...(version !== undefined && { version }) })
}

async function lookAtWritten(
  context: ResourceContext,
  item: BulkItem,
  entry: BulkEntry,
  scope: CallScope,
): Promise<BulkEntry> {
  const { operation } = item
  const id = decodeURIComponent(operation.path.slice(context.definition.endpoint.length + 1))
  const resource = await findResource(context, id, scope)
  if (resource === undefined)
    return operation.method === 'DELETE' ? toEntry(item, {}) : notApplied(item, 'The resource is gone')
  const shown = judge(context, operation, resource)
  if (shown === 'hidden') return entry
  return shown === 'yes' ? toEntry(item, {}) : notApplied(item, 'The server did not carry the operation out')
}

async function findResource(context: ResourceContext, id: string, scope: CallScope): Promise<unknown> {
  try {
    return (await fetchResource(context, id, scope)).body
  } catch (error) {
    if (error instanceof ScimResponseError && error.status === 404) return undefined
    throw error
  }
}

function judge({ definition }: ResourceContext, { method, data }: BulkRequestOperation, resource: unknown): Verdict {
  if (method === 'DELETE') return 'no'
  if (method === 'PUT') return coversResource(definition, data, resource)
  const { Operations = [] } = (data ?? {}) as { Operations?: readonly PatchOperation[] } // a PatchOp, as it was sent
  return showsPatch(definition, resource, Operations)
}
