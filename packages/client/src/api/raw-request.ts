import type { paths } from '@scimkit/core/openapi'
import type { Call } from '../transport/call.js'
import type { RequestOptions } from '../transport/request-options.js'

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

/** The options are there where the operation needs one of them. */
export type RawArguments<O> = object extends RawOptions<O> ? [options?: RawOptions<O>] : [options: RawOptions<O>]

/** The response to a raw request. */
export interface RawResponse<O> {
  /** HTTP status, 2xx. */
  readonly status: number
  readonly headers: Headers
  /** Parsed JSON as the server sent it; `undefined` for an empty body. */
  readonly body: O extends { readonly responses: infer R } ? JsonOf<R[keyof R & (200 | 201 | 204)]> : unknown
}
