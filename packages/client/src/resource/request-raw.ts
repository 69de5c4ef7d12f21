import type { JsonObject } from '@scimkit/core/internal'
import { type Call, type CallResponse, createScope } from '../transport/call.js'
import type { Connection } from '../transport/connection.js'
import { unknownOutcome } from '../transport/outcome.js'
import { checkRequestOptions, type RequestOptions } from '../transport/request-options.js'
import { sendRequest } from '../transport/send-request.js'
import { resourcePath } from './resource-path.js'

/** A raw request before its types are known. */
export interface UntypedRawOptions extends RequestOptions {
  readonly params?: JsonObject | undefined
  readonly query?: JsonObject | undefined
  readonly body?: unknown
}

/**
 * Sends a request as it is given: its body is not completed, its response is not checked. It is repeated only where
 * that is safe, so a POST or PATCH without a usable response is `outcome: 'unknown'`.
 *
 * @param connection What the client's calls share.
 * @param target Method, and path below the base URL with names in braces.
 * @param options Options of the call.
 * @returns The response.
 * @throws {TypeError} When a name in braces has no value that can be a segment of a URL.
 */
export async function requestRaw(
  connection: Connection,
  { method, path }: { readonly method: Call['method']; readonly path: string },
  options: UntypedRawOptions,
): Promise<Pick<CallResponse, 'status' | 'headers' | 'body'>> {
  checkRequestOptions('request', options)
  const { params = {}, query = {}, body, ifMatch } = options
  const filled = path.replace(/\/\{(\w+)\}/g, (_, name: string) => {
    return resourcePath('', params[name] as string) // a value that is not text is refused there
  })
  const reads = method === 'POST' && path.endsWith('/.search')
  const { status, ...response } = await sendRequest(connection, {
    method,
    path: filled + writeQuery(query),
    scope: createScope(options, connection),
    body,
    reads,
    headers: ifMatch ? { 'if-match': ifMatch } : undefined,
    settle: reads || (method !== 'POST' && method !== 'PATCH') ? undefined : neverRepeat(method),
  })
  return { status, headers: response.headers, body: response.body }
}

/** What a raw request changes is not known here, so it cannot be looked up. */
function neverRepeat(method: string) {
  return async (error: unknown): Promise<undefined> => {
    throw unknownOutcome(`It is unknown whether the ${method} was applied: a raw request cannot be looked up`, error)
  }
}

function writeQuery(query: JsonObject): string {
  const written = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value)).replaceAll('%2C', ',')}`)
  return written.length === 0 ? '' : `?${written.join('&')}`
}
