import type { paths } from '@scimkit/core/openapi'
import { resourcePath } from '../resource/resource-path.js'
import { type Call, createScope } from '../transport/call.js'
import type { Connection } from '../transport/connection.js'
import { unknownOutcome } from '../transport/outcome.js'
import { checkCallOptions } from '../transport/request-options.js'
import { sendRequest } from '../transport/send-request.js'
import type { RequestOptions } from './resource-client.js'

/** Methods of the OpenAPI document. */
export type RawMethod = Call['method']

/** Paths of the OpenAPI document that have the method. */
export type RawPathOf<M extends RawMethod> = {
  [P in keyof paths]: paths[P] extends { readonly [K in Lowercase<M>]: object } ? P : never
}[keyof paths]

/** The operation of the OpenAPI document. */
export type RawOperation<M extends RawMethod, P extends keyof paths> = paths[P][Lowercase<M> & keyof paths[P]]

type JsonOf<T> = T extends { readonly content: { readonly 'application/scim+json': infer Body } } ? Body : undefined

/** What a raw request carries. */
export type RawOptions<O> = Omit<RequestOptions, 'attributes' | 'excludedAttributes'> &
  (O extends { readonly parameters: { readonly path: infer P } }
    ? { /** Values of the names in braces. */ readonly params: P }
    : { readonly params?: undefined }) &
  (O extends { readonly parameters: { readonly query?: infer Q } } ? { readonly query?: Q } : unknown) &
  (O extends { readonly requestBody: infer B } ? { readonly body: JsonOf<B> } : { readonly body?: undefined })

/** The options stand where the operation needs one of them. */
export type RawArguments<O> = object extends RawOptions<O> ? [options?: RawOptions<O>] : [options: RawOptions<O>]

/** The answer to a raw request. */
export interface RawResponse<O> {
  /** HTTP status, 2xx. */
  readonly status: number
  readonly headers: Headers
  /** Parsed JSON as the server sent it; `undefined` for an empty body. */
  readonly body: O extends { readonly responses: infer R } ? JsonOf<R[keyof R & (200 | 201 | 204)]> : unknown
}

/** A raw request before its types are known. */
export interface UntypedRawOptions extends RequestOptions {
  readonly params?: Readonly<Record<string, unknown>> | undefined
  readonly query?: Readonly<Record<string, unknown>> | undefined
  readonly body?: unknown
}

/**
 * Sends a request as it is given: its body is not completed, its answer is not looked at. It is repeated only where
 * that is safe, so a POST or PATCH without a usable answer is `outcome: 'unknown'`.
 *
 * @param connection What the client's calls share.
 * @param target Method, and path below the base URL with names in braces.
 * @param options Of the call.
 * @returns The answer.
 * @throws {TypeError} When a name in braces has no value that can be a segment of a URL.
 */
export async function requestRaw(
  connection: Connection,
  { method, path }: { readonly method: RawMethod; readonly path: string },
  options: UntypedRawOptions,
): Promise<RawResponse<unknown>> {
  checkCallOptions('request', options)
  const { params = {}, query = {}, body, ifMatch } = options
  const filled = path.replace(/\/\{(\w+)\}/g, (_, name: string) => {
    return resourcePath('', params[name] as string) // what is no text is refused there
  })
  const reads = method === 'POST' && path.endsWith('/.search')
  const answer = await sendRequest(connection, {
    method,
    path: filled + writeQuery(query),
    scope: createScope(options, connection),
    body,
    reads,
    headers: ifMatch ? { 'if-match': ifMatch } : undefined,
    settle:
      reads || (method !== 'POST' && method !== 'PATCH')
        ? undefined
        : async (error) => {
            throw unknownOutcome(
              `It is unknown whether the ${method} was applied: a raw request is not looked for`,
              error,
            )
          },
  })
  return { status: answer.status, headers: answer.headers, body: answer.body }
}

function writeQuery(query: Readonly<Record<string, unknown>>): string {
  const written = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value)).replaceAll('%2C', ',')}`)
  return written.length === 0 ? '' : `?${written.join('&')}`
}
