import { isObject, isUnassigned } from '@scimkit/core/internal'
import { type BulkRequestOperation, urns } from '@scimkit/core/schema'
import { type ResourceContext, schemasOf } from '../resource/context.js'
import { refuseUnknown } from '../transport/check-options.js'
import type { BulkItem } from './ledger.js'

const methods: readonly unknown[] = ['POST', 'PUT', 'PATCH', 'DELETE']

/**
 * Completes the operations of a bulk call: a POST without `bulkId` gets one, data without `schemas` gets them.
 *
 * @param contexts The client's resource types.
 * @param operations Operations as they were given.
 * @returns The operations as they are sent, in their order.
 * @throws {TypeError} When one of them is not an operation, or two have the same `bulkId`.
 */
export function prepareOperations(
  contexts: readonly ResourceContext[],
  operations: readonly BulkRequestOperation[],
): BulkItem[] {
  if (!Array.isArray(operations))
    throw new TypeError('bulk accepts a list of operations, such as [{ method, path, data }]')
  const taken = new Set<string>()
  return operations.map((operation: BulkRequestOperation, index) => {
    checkOperation(operation, `Operation ${index + 1} of bulk`)
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

/**
 * @param contexts The client's resource types.
 * @param path Path of an operation.
 * @returns The resource type that the path belongs to.
 */
export function findContext(contexts: readonly ResourceContext[], path: string): ResourceContext | undefined {
  return contexts.find(({ definition: { endpoint } }) => path === endpoint || path.startsWith(`${endpoint}/`))
}

function checkOperation(operation: unknown, name: string): void {
  if (!isObject(operation)) throw new TypeError(`${name} is not an object; give { method, path, data }`)
  const { method, path, data } = operation
  if (path === undefined && operation.url !== undefined) {
    throw new TypeError(`${name} has \`url\`; give \`path\`, which begins below baseUrl, such as /Users/1`)
  }
  refuseUnknown(name, operation, ['method', 'path', 'bulkId', 'version', 'data'])
  if (!methods.includes(method)) throw new TypeError(`${name} needs a method: POST, PUT, PATCH or DELETE`)
  if (typeof path !== 'string' || !path.startsWith('/')) {
    throw new TypeError(`${name} needs a path that begins with / below baseUrl, such as /Users/1`)
  }
  if (method === 'PATCH' && !isPatch(data)) {
    const given = Array.isArray(data) ? 'has a list as data' : 'has no Operations in its data'
    throw new TypeError(`${name} is a PATCH and ${given}; give { Operations: […] }, or what patch(definition) builds`)
  }
  if ((method === 'POST' || method === 'PUT') && !isObject(data)) {
    throw new TypeError(`${name} is a ${method} and needs a resource as data`)
  }
}

function isPatch(data: unknown): boolean {
  return isObject(data) && (Array.isArray(data.Operations) || Array.isArray(data.operations))
}

/** Adds the `schemas` that `create`, `replace` and `patch` would add. */
function completeData(contexts: readonly ResourceContext[], { method, path, data }: BulkRequestOperation): unknown {
  if (!isObject(data) || method === 'DELETE') return data
  if (method !== 'PATCH') {
    const context = findContext(contexts, path)
    return context && isUnassigned(data.schemas) ? { ...data, schemas: schemasOf(context, data) } : data
  }
  // A built patch has `operations`; the getter is read once, and nothing else of the builder is sent.
  if (!Array.isArray(data.Operations)) return { schemas: [urns.patchOp], Operations: data.operations }
  return isUnassigned(data.schemas) ? { ...data, schemas: [urns.patchOp] } : data
}
