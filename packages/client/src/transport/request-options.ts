import { checkNumbers, refuseUnknown } from './check-options.js'

const plain = ['signal', 'timeout', 'budget', 'headers']
const request = [...plain, 'ifMatch', 'attributes', 'excludedAttributes']
const listing = [...request, 'filter', 'sortBy', 'sortOrder', 'count']

/** Options of each method that takes others than a single request does. */
const others: Readonly<Record<string, readonly string[]>> = {
  list: listing,
  search: listing,
  page: [...listing, 'startIndex', 'cursor'],
  request: [...request, 'params', 'query', 'body'],
  bulk: [...plain, 'failOnErrors', 'singleRequests'],
}

/**
 * Looks at the options of a call before anything is sent.
 *
 * @param method Name of the client's method.
 * @param options Options as they were given.
 * @throws {TypeError} For an option that the method does not have, or a number that is none.
 */
export function checkCallOptions(method: string, options: object): void {
  refuseUnknown(method, options, others[method] ?? request)
  const { timeout, budget } = options as { timeout?: unknown; budget?: unknown } // looked at next
  checkNumbers({ timeout, budget }, 1)
}
