import { urns } from '../urns.js'

/**
 * The response to a query.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2
 */
export interface ListResponse<T> {
  readonly schemas: readonly string[]
  /** Number of all matches; a server that pages by cursor may leave it out (RFC 9865 §2). */
  readonly totalResults?: number | undefined
  readonly Resources?: readonly T[] | undefined
  /** 1-based index of the first resource of this page. */
  readonly startIndex?: number | undefined
  /** Number of resources in this page. */
  readonly itemsPerPage?: number | undefined
  /** Cursor of the next page; absent on the last one (RFC 9865 §2). */
  readonly nextCursor?: string | undefined
  readonly previousCursor?: string | undefined
}

/**
 * Builds the message of a page.
 *
 * @param resources Resources of the page.
 * @param page `totalResults`, and `startIndex` (1-based) or the cursors.
 * @returns The message; `itemsPerPage` is the number of resources.
 */
export function buildListResponse<T>(
  resources: readonly T[],
  page: Pick<ListResponse<T>, 'totalResults' | 'startIndex' | 'nextCursor' | 'previousCursor'>,
): ListResponse<T> {
  return { schemas: [urns.listResponse], ...page, itemsPerPage: resources.length, Resources: resources }
}

/**
 * A query sent by POST to `/.search`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.3
 */
export interface SearchRequest {
  readonly schemas: readonly string[]
  readonly attributes?: readonly string[] | undefined
  readonly excludedAttributes?: readonly string[] | undefined
  readonly filter?: string | undefined
  readonly sortBy?: string | undefined
  readonly sortOrder?: 'ascending' | 'descending' | undefined
  /** 1-based index of the first result. */
  readonly startIndex?: number | undefined
  /** Largest number of resources in the page. */
  readonly count?: number | undefined
  /** Cursor of the page; empty for the first (RFC 9865 §2). */
  readonly cursor?: string | undefined
}

/**
 * One change of a PATCH request.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export interface PatchOperation {
  readonly op: 'add' | 'remove' | 'replace'
  /** Attribute path or value path; required for `remove`. */
  readonly path?: string | undefined
  readonly value?: unknown
}

/**
 * The body of a PATCH request.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export interface PatchOp {
  readonly schemas: readonly string[]
  readonly Operations: readonly PatchOperation[]
}

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

/** The response to a bulk request. @see https://www.rfc-editor.org/rfc/rfc7644#section-3.7.3 */
export interface BulkResponse {
  readonly schemas: readonly string[]
  readonly Operations: readonly BulkResponseOperation[]
}
