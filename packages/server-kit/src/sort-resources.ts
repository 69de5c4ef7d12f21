import { type AttributeTarget, compareText, foldCase } from '@scimkit/core/schema'

type Members = Readonly<Record<string, unknown>>

/** The value that a resource is sorted by; `undefined` when it has none. */
export type SortKey = string | number | undefined

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
  return {
    keyOf: (resource) => toKey(target, readValue(target, resource as Members)), // a resource is an object of attributes
    compare: (left, right) => sign * compareKeys(left, right),
  }
}

function compareKeys(left: SortKey, right: SortKey): number {
  if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined)
  if (typeof left === 'number' && typeof right === 'number') return left - right
  return compareText(String(left), String(right))
}

function readValue({ extension, attribute, subAttribute }: AttributeTarget, resource: Members): unknown {
  const container = extension ? resource[extension.id] : resource
  const value = attribute && isObject(container) ? container[attribute.name] : undefined
  const element = Array.isArray(value) ? mainElement(value) : value
  return subAttribute && isObject(element) ? element[subAttribute.name] : element
}

/** Of a list the primary element counts, else the first. */
function mainElement(elements: readonly unknown[]): unknown {
  return elements.find((element) => isObject(element) && element.primary === true) ?? elements[0]
}

function toKey(target: AttributeTarget, value: unknown): SortKey {
  const attribute = target.subAttribute ?? target.attribute
  if (typeof value === 'boolean') return Number(value)
  if (typeof value === 'number') return value
  if (typeof value !== 'string') return undefined
  if (attribute?.type === 'dateTime') return Date.parse(value)
  return attribute?.caseExact ? value : foldCase(value)
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
