/**
 * One operation of a bulk request.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.7
 */
export interface BulkRequestOperation {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Name by which other operations refer to the resource that a POST creates; required for POST. */
  readonly bulkId?: string | undefined
  /** Expected entity tag of the resource. */
  readonly version?: string | undefined
  /** Path below the service root, such as `/Users` or `/Users/{id}`. */
  readonly path: string
  readonly data?: unknown
}

/**
 * A bulk request.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.7
 */
export interface BulkRequest {
  readonly schemas: readonly string[]
  /** Number of errors after which the service provider stops. */
  readonly failOnErrors?: number | undefined
  readonly Operations: readonly BulkRequestOperation[]
}

/** Outcome of one operation; `status` is a string of three digits. @see https://www.rfc-editor.org/rfc/rfc7644#section-3.7.3 */
export interface BulkResponseOperation {
  readonly method: string
  readonly bulkId?: string | undefined
  readonly version?: string | undefined
  readonly location?: string | undefined
  readonly status: string
  readonly response?: unknown
}

/** The answer to a bulk request. @see https://www.rfc-editor.org/rfc/rfc7644#section-3.7.3 */
export interface BulkResponse {
  readonly schemas: readonly string[]
  readonly Operations: readonly BulkResponseOperation[]
}
