import { isObject, type JsonObject } from '@scimkit/core/internal'
import { ScimError } from '@scimkit/core/schema'
import type { HandlerLimits } from '../service/handler-limits.js'
import type { IncomingRequest } from '../service/request-context.js'
import { parseJson } from './parse-json.js'
import { bodyTooLarge } from './read-bytes.js'

/**
 * Reads the body of a request as a JSON object.
 *
 * @param incoming Request whose body has not been read.
 * @param limits Bytes are counted as they arrive; nesting and members before parsing.
 * @returns The parsed object.
 * @throws {ScimError} 415 for another media type, 413 for a large body, 400 `invalidSyntax` for anything but a JSON object.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.8
 */
export async function readBody(incoming: IncomingRequest, limits: HandlerLimits): Promise<JsonObject> {
  return toObject(incoming.json ?? parseJson(await readBytes(incoming, limits), limits))
}

/**
 * Reads the body of a request as JSON of any kind.
 *
 * @param incoming Request whose body has not been read.
 * @param limits Bytes are counted as they arrive; nesting and members before parsing.
 * @returns The parsed value.
 * @throws {ScimError} 415 for another media type, 413 for a large body, 400 `invalidSyntax` for text that is not JSON.
 */
export async function readJson(incoming: IncomingRequest, limits: HandlerLimits): Promise<unknown> {
  return incoming.json ?? parseJson(await readBytes(incoming, limits), limits)
}

function toObject(body: unknown): JsonObject {
  if (isObject(body)) return body
  throw new ScimError(400, 'The request body must be a JSON object', { scimType: 'invalidSyntax' })
}

function readBytes(incoming: IncomingRequest, limits: HandlerLimits): Promise<Uint8Array> {
  checkMediaType(incoming.header('content-type'))
  checkEncoding(incoming.header('content-encoding'))
  const announced = incoming.header('content-length')
  if (announced !== null && Number(announced) > limits.maxBodyBytes) throw bodyTooLarge(limits.maxBodyBytes)
  return incoming.readBytes(limits.maxBodyBytes)
}

function checkMediaType(contentType: string | null): void {
  if (contentType === null || contentType === 'application/scim+json' || contentType === 'application/json') return
  const [type = '', ...parameters] = contentType.toLowerCase().split(';')
  const known = ['application/scim+json', 'application/json', ''].includes(type.trim())
  const utf8Only = parameters.every((parameter) => {
    const [name = '', value = ''] = parameter.split('=')
    return name.trim() !== 'charset' || /^"?utf-?8"?$/.test(value.trim())
  })
  if (!known || !utf8Only) {
    throw new ScimError(415, 'The request body must be application/scim+json or application/json in UTF-8')
  }
}

/** A compressed body could be a thousand times larger than its limit. */
function checkEncoding(encoding: string | null): void {
  if (encoding === null || encoding.trim().toLowerCase() === 'identity') return
  throw new ScimError(415, 'The request body must not be compressed')
}
