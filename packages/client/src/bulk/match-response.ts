import { isObject, type JsonObject } from '@scimkit/core/internal'
import { ScimError } from '@scimkit/core/schema'
import { readId } from '../resource/read-resource.js'
import { resourcePath } from '../resource/resource-path.js'
import { findErrorDetail, isErrorBody } from '../transport/error-body.js'
import { ScimTransportError } from '../transport/errors.js'
import { type BulkEntry, type BulkItem, describeOperation, toEntry } from './ledger.js'

/**
 * Tells whether a body is the response to a bulk request.
 *
 * @param body Parsed body of a response with status 2xx.
 * @returns The fault, as the end of a sentence about the response; `undefined` when there is none.
 */
export function findBulkFault(body: unknown): string | undefined {
  if (isErrorBody(body)) return 'is an error with the status of success'
  return isObject(body) && (body.Operations === null || isLines(body.Operations)) ? undefined : 'is not a bulk response'
}

function isLines(operations: unknown): boolean {
  return Array.isArray(operations) && operations.every(isObject)
}

/**
 * Finds the outcome of each operation in a bulk response, which may leave some out and give the rest in any order.
 *
 * @param items Operations as they were sent.
 * @param body Body that has passed {@link findBulkFault}.
 * @param baseUrl Address of the server, for the location of what has only an id.
 * @returns An entry for each operation, in their order; one without a status or with 5xx is unknown, and `undefined`
 * stands for one that the response leaves out.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.7.3
 */
export function matchBulkResponse(
  items: readonly BulkItem[],
  body: unknown,
  baseUrl: string,
): (BulkEntry | undefined)[] {
  const lines = (body as { Operations: readonly JsonObject[] | null }).Operations ?? [] // findBulkFault has looked
  const inOrder = lines.length === items.length && lines.every((line, at) => fits(line, items[at]))
  if (inOrder) return items.map((item, at) => readLine(item, lines[at] ?? {}, baseUrl))
  const left = new Set(lines)
  return items.map((item) => {
    const line = [...left].find((candidate) => names(candidate, item))
    if (line) left.delete(line)
    return line && readLine(item, line, baseUrl)
  })
}

/** Whether a line can be that of an operation; by its place it then is. */
function fits(line: JsonObject, item: BulkItem | undefined): boolean {
  if (!item || String(line.method).toUpperCase() !== item.method) return false
  return line.bulkId === undefined || item.bulkId === undefined || line.bulkId === item.bulkId
}

/** Whether a line says itself that it belongs to an operation. */
function names(line: JsonObject, item: BulkItem): boolean {
  if (!fits(line, item)) return false
  if (item.bulkId !== undefined && line.bulkId === item.bulkId) return true
  return item.method !== 'POST' && typeof line.location === 'string' && line.location.endsWith(item.operation.path)
}

function readLine(item: BulkItem, line: JsonObject, baseUrl: string): BulkEntry {
  const status = readStatus(line.status)
  const found = {
    ...(status !== undefined && { status }),
    ...locationOf(item, line, baseUrl),
    ...(typeof line.version === 'string' && { version: line.version }),
  }
  if (status !== undefined && status >= 200 && status < 300) return toEntry(item, found)
  if (status === undefined || status < 400 || status >= 500) {
    const message = describeOperation(item, 'The response does not say what came of it')
    const error = new ScimTransportError('invalid-response', message, { outcome: 'unknown', cause: line.response })
    return toEntry(item, { ...found, error })
  }
  return toEntry(item, { ...found, error: errorOf(item, status, line.response) })
}

/** The message names the operation; without a version nothing but another resource can lead to a 409. */
function errorOf(item: BulkItem, status: number, response: unknown): ScimError {
  const { method, operation } = item
  const { detail = `The operation was answered with status ${status}`, scimType } = findErrorDetail(response)
  const taken = status === 409 && method !== 'DELETE' && operation.version === undefined
  const error = new ScimError(status, detail, { scimType: scimType ?? (taken ? 'uniqueness' : undefined) })
  error.message = describeOperation(item, `${status} ${detail}`)
  return error
}

/** Some servers give no location, but the created resource. */
function locationOf(item: BulkItem, line: JsonObject, baseUrl: string): Pick<BulkEntry, 'location'> {
  if (typeof line.location === 'string') return { location: line.location }
  const id = item.method === 'POST' && isObject(line.response) ? readId(line.response) : undefined
  return id === undefined ? {} : { location: baseUrl + resourcePath(item.operation.path, id) }
}

/** The RFC contradicts itself on the form of a status, so all three forms are met. */
function readStatus(status: unknown): number | undefined {
  const value = isObject(status) ? status.code : status
  const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN
  return Number.isInteger(number) ? number : undefined
}
