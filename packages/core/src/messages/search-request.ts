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
