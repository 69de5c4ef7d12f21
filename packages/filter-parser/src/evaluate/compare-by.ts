import { subAttributeIndex } from '@scimkit/core/internal'
import { type Attribute, type AttributeTarget, compareText, foldCase } from '@scimkit/core/schema'
import { readInstant } from './compare-instants.js'
import { normalizeBinary } from './normalize-value.js'
import { readElements, valueReader } from './read-value.js'

/** A sort key: comparable among keys of the same attribute; `undefined` when the resource has no value. */
export type SortKey = string | number | boolean | undefined

/**
 * Makes the reader of a resource's sort key.
 *
 * @param target Attribute to sort by; a complex one stands for its `value`.
 * @returns A reader: folded text where the attribute is not case exact, UTC text for a dateTime, of a multi-valued
 * attribute the primary element's, else the first one's.
 * @throws {TypeError} When there is nothing to sort by: no `value`, or an attribute that is never returned.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2.3
 */
export function sortKeyOf(target: AttributeTarget): (resource: object) => SortKey {
  const { attribute, extension } = target
  const sub = target.subAttribute ?? (attribute && subAttributeIndex(attribute).get('value'))
  const sorted = sub ?? attribute
  if (!attribute || !sorted || sorted.type === 'complex') throw new TypeError('a sort key needs a simple attribute')
  if (attribute.returned === 'never' || sorted.returned === 'never') {
    throw new TypeError(`${sorted.name} is never returned, so no order may depend on it`)
  }
  const read = valueReader(extension?.id, attribute.name)
  const readSub = sub ? valueReader(undefined, sub.name) : (element: unknown) => element
  const readPrimary = valueReader(undefined, 'primary')
  const toKey = keyMaker(sorted)
  if (!attribute.multiValued) return (resource) => toKey(readSub(read(resource)))
  return (resource) => {
    const elements = readElements(read(resource))
    return toKey(readSub(elements.find((element) => readPrimary(element) === true) ?? elements[0]))
  }
}

/**
 * Makes the comparison that orders resources by an attribute. Ties are left to the caller, who adds `id`.
 *
 * @param target Attribute to sort by; a complex one stands for its `value`.
 * @param order `ascending` unless given. Resources without a value come last ascending and first descending.
 * @returns A comparison as `Array.prototype.sort` takes it.
 * @throws {TypeError} When there is nothing to sort by: no `value`, or an attribute that is never returned.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2.3
 */
export function compareBy(
  target: AttributeTarget,
  order: 'ascending' | 'descending' = 'ascending',
): (left: object, right: object) => number {
  const keyOf = sortKeyOf(target)
  const sign = order === 'descending' ? -1 : 1
  return (left, right) => sign * compareKeys(keyOf(left), keyOf(right))
}

/**
 * Compares two sort keys of the same attribute, ascending.
 *
 * @param left Key of one resource.
 * @param right Key of another.
 * @returns A negative number, zero or a positive number; no value comes last.
 */
export function compareKeys(left: SortKey, right: SortKey): number {
  if (left === right) return 0
  if (left === undefined) return 1
  if (right === undefined) return -1
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right)
  return Number(left) - Number(right)
}

/** A value of another type than the attribute's is none. */
function keyMaker(attribute: Attribute): (value: unknown) => SortKey {
  switch (attribute.type) {
    case 'boolean':
      return (value) => (typeof value === 'boolean' ? value : undefined)
    case 'integer':
    case 'decimal':
      return (value) => (typeof value === 'number' ? value : undefined)
    case 'dateTime':
      return readInstant
    case 'binary':
      return (value) => (typeof value === 'string' ? normalizeBinary(value) : undefined)
    default:
      return (value) => (typeof value !== 'string' ? undefined : attribute.caseExact ? value : foldCase(value))
  }
}
