import { ScimError } from '@scimkit/core/schema'

/** Some seconds of work. A thousand operations on a list of 5,000 elements fit in. */
const mostElements = 5_000_000

/**
 * Bounds the work on lists that one request asks for. Each operation, or name that is a path, looks at every element
 * of its list, and a filter at every element once for each of its terms: together they grow with the square of the
 * request, which no limit of its bytes bounds.
 */
export class ElementBudget {
  #left = mostElements

  /**
   * Takes what an operation costs.
   *
   * @param elements Number of elements of the list.
   * @param terms Number of terms of the filter that selects some of them.
   * @throws {ScimError} 413 when the request has looked at too many.
   */
  spend(elements: number, terms = 0): void {
    this.#left -= elements * (1 + terms)
    if (this.#left >= 0) return
    throw new ScimError(413, 'The operations look at too many elements of lists; send fewer of them in one request')
  }
}
