import type { BulkRequestOperation, PatchOperation } from '@scimkit/core/schema'
import { createResource } from '../resource/create-resource.js'
import { deleteResource } from '../resource/delete-resource.js'
import { versionsOf } from '../resource/known-versions.js'
import { patchResource } from '../resource/patch-resource.js'
import { replaceResource } from '../resource/replace-resource.js'
import { requestRaw } from '../resource/request-raw.js'
import { resourcePath } from '../resource/resource-path.js'
import { takeNote } from '../transport/connection.js'
import { ScimResponseError } from '../transport/errors.js'
import { type BulkEntry, type BulkItem, notApplied, toEntry } from './ledger.js'
import { findContext } from './prepare-operations.js'
import { referencesOf, resolveReferences } from './references.js'
import { type BulkRun, failuresLeft } from './run.js'

/**
 * Carries out the operations of a bulk call that wait by one request each, in their order. References to resources that
 * earlier operations created are resolved.
 *
 * @param run The call; its operations are moved from those that wait to those that are settled.
 */
export async function sendSingly(run: BulkRun): Promise<void> {
  const { connection, waiting, settled, ids } = run
  const detail = 'The service provider has no bulk; each operation is sent as a request of its own'
  takeNote(connection, { kind: 'single-requests', detail })
  while (failuresLeft(run) !== 0) {
    const item = waiting.shift()
    if (!item) return
    const operation = resolveReferences(item.operation, ids)
    const [reference] = referencesOf(operation)
    settled.push(
      reference === undefined
        ? await settle(run, item, operation)
        : notApplied(item, `It refers to the bulkId ${reference}, which no earlier operation has created`),
    )
  }
}

async function settle(run: BulkRun, item: BulkItem, operation: BulkRequestOperation): Promise<BulkEntry> {
  const { connection, options, ids } = run
  try {
    const path = await send(run, operation)
    const id = path.split('/').pop()
    if (item.bulkId !== undefined && id) ids.set(item.bulkId, decodeURIComponent(id))
    const version = versionsOf(connection).get(path)
    const location = connection.baseUrl + path
    return toEntry(item, {
      ...(operation.method !== 'DELETE' && { location }),
      ...(version !== undefined && { version }),
    })
  } catch (error) {
    options.signal?.throwIfAborted()
    if (!(error instanceof Error)) throw error
    return toEntry(item, { ...(error instanceof ScimResponseError && { status: error.status }), error })
  }
}

/** @returns The path of the resource. */
async function send({ connection, contexts, options }: BulkRun, operation: BulkRequestOperation): Promise<string> {
  const { method, path, data, version } = operation
  const { signal, timeout, budget, headers } = options
  const request = { signal, timeout, budget, headers }
  const context = findContext(contexts, path)
  const [, segment = ''] = context ? path.slice(context.definition.endpoint.length).split('/') : []
  if (context && method === 'POST' && segment === '') {
    const { id } = await createResource(context, data as object as Record<string, unknown>, request) // it was checked
    return resourcePath(context.definition.endpoint, id)
  }
  // A bulk operation without a version has no condition, whatever version this client has read.
  const conditional = { ...request, ifMatch: version ?? (false as const) }
  if (!context || segment === '') {
    await requestRaw(connection, { method, path }, { ...conditional, body: data })
    return path
  }
  const id = decodeURIComponent(segment)
  if (method === 'PUT')
    await replaceResource(context, id, data as object as Record<string, unknown>, conditional) // checked
  else if (method === 'DELETE') await deleteResource(context, id, conditional)
  else await patchResource(context, id, (data as { Operations: PatchOperation[] }).Operations, conditional) // checked
  return path
}
