import { checkNumbers, refuseUnknown } from './check-options.js'

/** Options that every method accepts as its last argument. */
export interface RequestOptions<A extends string = string, X extends string = string> {
  /** Ends the call; it is rejected with the signal's reason. */
  readonly signal?: AbortSignal | undefined
  /** Milliseconds until an attempt is aborted. */
  readonly timeout?: number | undefined
  /** Milliseconds for the call with all its attempts and waits, from its first turn. */
  readonly budget?: number | undefined
  /**
   * Entity tag that the resource must still have, or `false` for no condition. Without it PUT, PATCH and DELETE name
   * the version that this client last read, where it knows one.
   */
  readonly ifMatch?: string | false | undefined
  /** More headers for the request. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Paths to return, beside `id` and `schemas`. */
  readonly attributes?: readonly A[] | undefined
  /** Paths to leave out of the response. */
  readonly excludedAttributes?: readonly X[] | undefined
}

const plain = ['signal', 'timeout', 'budget', 'headers']
const request = [...plain, 'ifMatch', 'attributes', 'excludedAttributes']
const listing = [...request, 'filter', 'sortBy', 'sortOrder', 'count']

/** Options of each method that accepts others than a single request does. */
const others: Readonly<Record<string, readonly string[]>> = {
  list: listing,
  search: listing,
  page: [...listing, 'startIndex', 'cursor'],
  request: [...request, 'params', 'query', 'body'],
  bulk: [...plain, 'failOnErrors', 'singleRequests'],
}

/**
 * Checks the options of a call before anything is sent.
 *
 * @param method Name of the client's method.
 * @param options Options as they were given.
 * @throws {TypeError} For an option that the method does not have, or a number that is too small.
 */
export function checkRequestOptions(method: string, options: object): void {
  refuseUnknown(method, options, others[method] ?? request)
  const { timeout, budget } = options as { timeout?: unknown; budget?: unknown } // looked at next
  checkNumbers({ timeout, budget }, 1)
}
