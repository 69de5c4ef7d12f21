import { urns } from '../urns.js'

/**
 * The answer to a query.
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
