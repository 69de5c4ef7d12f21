import type { AttributeTarget } from '@scimkit/core/schema'
import { compareKeys, type SortKey, sortKeyOf } from '@scimkit/filter-parser'

/** How resources are put in order. */
export interface SortOrder {
  /**
   * @param resource Resource in schema spelling.
   * @returns Its key.
   */
  readonly keyOf: (resource: object) => SortKey
  /** Compares keys in the direction of the order. */
  readonly compare: (left: SortKey, right: SortKey) => number
}

/**
 * Makes the order of a query: by type and case rule of the attribute; resources without a value come last when
 * ascending, first when descending.
 *
 * @param target Attribute to sort by.
 * @param direction Direction of the order.
 * @returns The order; ties are the caller's, by id.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2.3
 */
export function createSortOrder(target: AttributeTarget, direction: 'ascending' | 'descending'): SortOrder {
  const sign = direction === 'ascending' ? 1 : -1
  return { keyOf: sortKeyOf(target), compare: (left, right) => sign * compareKeys(left, right) }
}
