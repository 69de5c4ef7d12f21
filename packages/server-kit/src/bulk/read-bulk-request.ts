import { isObject } from '@scimkit/core/internal'
import { ScimError, urns } from '@scimkit/core/schema'
import { checkMessageSchemas, findMessageMembers, foldKeyword, joinSlashes } from '../compatibility/read-message.js'
import { readBody } from '../request/read-body.js'
import type { RequestContext } from '../service/request-context.js'
import { DataReferences, readBulkId } from './resolve-bulk-ids.js'

/** One operation of a bulk request, checked as far as it can be without looking at resources. */
export interface BulkOperation {
  readonly method: string
  /** Path below the service root, as it was sent. */
  readonly path: string
  readonly bulkId: string | undefined
  /** Entity tag that the resource must have. */
  readonly version: string | undefined
  readonly data: unknown
  /** References in the data; absent where the path names no resource type, and the operation has a fault. */
  readonly inData: DataReferences | undefined
  /** bulkIds that path and data refer to. */
  readonly references: ReadonlySet<string>
  /** What makes the operation impossible; the others go on. */
  readonly fault: ScimError | undefined
}

/** A bulk request as it is carried out. */
export interface BulkPlan {
  readonly operations: readonly BulkOperation[]
  /** Number of failed operations after which no other is begun; `Infinity` for no such number. */
  readonly failOnErrors: number
}

const requestNames = ['schemas', 'Operations', 'failOnErrors'] as const
const operationNames = ['method', 'path', 'bulkId', 'version', 'data'] as const
const methods = ['POST', 'PUT', 'PATCH', 'DELETE']

/**
 * Reads a bulk request. Its limits are checked before anything is written.
 *
 * @param context Request whose body is a BulkRequest.
 * @returns The operations in order.
 * @throws {ScimError} 413 that names the limit, 400 `invalidSyntax` for what is not a bulk request, `invalidValue` for
 * a member in another case where rule `messageKeyCase` is off.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.7
 */
export async function readBulkRequest(context: RequestContext): Promise<BulkPlan> {
  const { limits } = context.service
  const body = await readBody(context.incoming, { ...limits, maxBodyBytes: limits.maxBulkBytes })
  const { schemas, Operations, failOnErrors } = findMessageMembers(body, requestNames, context.reading)
  checkMessageSchemas(schemas, urns.bulkRequest, context.reading)
  if (!Array.isArray(Operations)) throw invalidSyntax('Operations must be a list')
  if (Operations.length > limits.maxBulkOperations) {
    throw new ScimError(413, `A bulk request may hold ${limits.maxBulkOperations} operations (maxOperations)`)
  }
  const known = new Set<string>()
  return {
    operations: Operations.map((operation) => readOperation(operation, known, context)),
    failOnErrors: readFailOnErrors(failOnErrors),
  }
}

function readFailOnErrors(value: unknown): number {
  if (value === undefined || value === null) return Infinity
  if (typeof value !== 'number' || !Number.isInteger(value)) throw invalidSyntax('failOnErrors must be an integer')
  return value > 0 ? value : Infinity
}

function readOperation(given: unknown, known: Set<string>, context: RequestContext): BulkOperation {
  const operation = findMessageMembers(isObject(given) ? given : {}, operationNames, context.reading)
  const { data } = operation
  const method = foldKeyword(textOf(operation.method) ?? '', { path: 'method', keywords: methods }, context.reading)
  const path = withoutSlash(joinSlashes(textOf(operation.path) ?? '', context.reading))
  const bulkId = textOf(operation.bulkId)
  const version = textOf(operation.version)
  const fault = findFault(operation, { method, path, bulkId, version }, known, context)
  if (bulkId !== undefined && method === 'POST') known.add(bulkId)
  const definition = context.service.byEndpoint.get(`/${path.split('/')[1]}`)?.definition
  const inData = definition && new DataReferences(definition, method, context.reading)
  const inPath = readBulkId(path)
  const references = new Set([...(inPath === undefined ? [] : [inPath]), ...(inData?.list(data) ?? [])])
  return { method, path, bulkId, version, data, inData, references, fault }
}

/** A slash at the end changes nothing, as in a URL. */
function withoutSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** @see https://www.rfc-editor.org/rfc/rfc7644#section-3.7 */
function findFault(
  operation: Readonly<Record<string, unknown>>,
  { method, path, bulkId, version }: Pick<BulkOperation, 'method' | 'path' | 'bulkId' | 'version'>,
  known: ReadonlySet<string>,
  context: RequestContext,
): ScimError | undefined {
  if (!methods.includes(method)) return invalidSyntax('method must be POST, PUT, PATCH or DELETE')
  if (operation.version !== undefined && operation.version !== null && version === undefined) {
    return invalidSyntax('version must be a string')
  }
  if (method === 'POST' && (bulkId === undefined || bulkId === '')) return invalidSyntax('A POST needs a bulkId')
  if (method === 'POST' && bulkId !== undefined && known.has(bulkId)) {
    return invalidSyntax('bulkId must be unique within the request')
  }
  if (method !== 'DELETE' && (typeof operation.data !== 'object' || operation.data === null)) {
    return invalidSyntax(`A ${method} needs data`)
  }
  return findPathFault(method, path, context)
}

/** Nested bulk requests, `/Me` and searches are not allowed in a bulk request. */
function findPathFault(method: string, path: string, { service }: RequestContext): ScimError | undefined {
  const [root, endpoint = '', id, ...rest] = path.split('/')
  const form = method === 'POST' ? 'the endpoint of a resource type, such as /Users' : 'a resource, such as /Users/{id}'
  if (root !== '' || endpoint === '' || /[?#]/.test(path)) return invalidSyntax(`path must name ${form}`)
  if (!service.byEndpoint.has(`/${endpoint}`)) return new ScimError(404, 'path names no endpoint of a resource type')
  const complete = method === 'POST' ? id === undefined : id !== undefined && id !== '' && id !== '.search'
  return complete && rest.length === 0 ? undefined : invalidSyntax(`path must name ${form}`)
}

function invalidSyntax(detail: string): ScimError {
  return new ScimError(400, detail, { scimType: 'invalidSyntax' })
}
