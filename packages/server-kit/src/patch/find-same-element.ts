import {
  isUnassigned,
  type JsonObject,
  sameElement,
  sameValue,
  subAttributeIndex,
  valueKey,
} from '@scimkit/core/internal'
import type { Attribute } from '@scimkit/core/schema'
import { valueAt } from '../json.js'

/** An element of a list that is the same as a given one. */
export interface SameElement {
  /** 0-based index in the list. */
  readonly position: number
  /** Whether it has all that was given; otherwise `value` and `type` alone are the same. */
  readonly contains: boolean
}

/** Finds the element of a list that is the same as a given one; the list may grow between two calls. */
export type FindSameElement = (given: unknown) => SameElement | undefined

/** Number of elements to compare with from which an index pays. */
const indexThreshold = 8

/** Sub-attributes to compare; the attribute itself stands for the whole of a simple element. */
type Parts = readonly Attribute[]

type FindPosition = (parts: Parts, given: unknown) => number

/**
 * Makes the search for elements that a list has already: all sub-attributes that are given are compared, each by its
 * type and case rule. Where `value` is immutable, as in `members`, it alone tells elements apart.
 *
 * @param attribute Multi-valued attribute.
 * @param list Elements, to whose end more may be added.
 * @param searches How many elements will be looked up.
 * @returns The search; where there are many, the cost of one does not depend on the length of the list.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2.1
 */
export function createElementSearch(attribute: Attribute, list: readonly unknown[], searches: number): FindSameElement {
  const value = subAttributeIndex(attribute).get('value')
  const valueAndType = [value, subAttributeIndex(attribute).get('type')].filter((part) => part !== undefined)
  const isShort = searches < indexThreshold
  const find = isShort ? createScan(attribute, list) : createIndex(attribute, list)
  return (given) => {
    const hasValue = value !== undefined && !isUnassigned(valueAt(given, 'value'))
    // Most elements that are added have a value that no other has, and more need not be compared.
    if (hasValue && isShort && !list.some((element) => isSame(attribute, [value], element, given))) return undefined
    const position = find(comparedParts(attribute, given), given)
    if (position >= 0) return { position, contains: true }
    const pair = hasValue ? find(valueAndType, given) : -1
    return pair < 0 ? undefined : { position: pair, contains: false }
  }
}

/**
 * Makes the test whether an element is the same as one of a list; what the listed ones leave out is not compared.
 *
 * @param attribute Multi-valued attribute.
 * @param wanted Elements to compare with.
 * @returns The test; its cost does not depend on how many there are.
 */
export function createElementTest(attribute: Attribute, wanted: readonly unknown[]): (element: unknown) => boolean {
  const groups = new Map<string, { readonly parts: Parts; readonly keys: Set<string> }>()
  for (const given of wanted) {
    const parts = comparedParts(attribute, given)
    const group = groups.get(nameOf(parts)) ?? { parts, keys: new Set() }
    groups.set(nameOf(parts), group)
    group.keys.add(elementKey(attribute, parts, given))
  }
  const all = [...groups.values()]
  return (element) => all.some(({ parts, keys }) => keys.has(elementKey(attribute, parts, element)))
}

function comparedParts(attribute: Attribute, given: unknown): Parts {
  if (attribute.type !== 'complex') return [attribute]
  const value = subAttributeIndex(attribute).get('value')
  if (value?.mutability === 'immutable' && !isUnassigned(valueAt(given, 'value'))) return [value]
  return (attribute.subAttributes ?? []).filter(({ name }) => !isUnassigned(valueAt(given, name)))
}

function createScan(attribute: Attribute, list: readonly unknown[]): FindPosition {
  return (parts, given) => list.findIndex((element) => isSame(attribute, parts, element, given))
}

/** One map for each set of sub-attributes that is asked for, made on the first question. */
function createIndex(attribute: Attribute, list: readonly unknown[]): FindPosition {
  const indexes = new Map<string, { length: number; readonly positions: Map<string, number> }>()
  return (parts, given) => {
    const index = indexes.get(nameOf(parts)) ?? { length: 0, positions: new Map<string, number>() }
    indexes.set(nameOf(parts), index)
    for (; index.length < list.length; index.length++) {
      const key = elementKey(attribute, parts, list[index.length])
      if (!index.positions.has(key)) index.positions.set(key, index.length)
    }
    const position = index.positions.get(elementKey(attribute, parts, given)) ?? -1
    // The element may have been changed since it was indexed.
    return isSame(attribute, parts, list[position], given) ? position : -1
  }
}

function nameOf(parts: Parts): string {
  return parts.map((part) => part.name).join(' ')
}

function isSame(attribute: Attribute, parts: Parts, element: unknown, given: unknown): boolean {
  return parts.every((part) => {
    if (part === attribute) return sameElement(attribute, element, given)
    return sameValue(part, valueAt(element, part.name), valueAt(given, part.name))
  })
}

/** Equal for two elements of which `isSame` holds. */
function elementKey(attribute: Attribute, parts: Parts, element: unknown): string {
  return parts.map((part) => valueKey(part, part === attribute ? element : valueAt(element, part.name))).join()
}

/**
 * Takes elements out of a list that have the value and the type of an earlier one; a response must not show such a pair
 * twice.
 *
 * @param elements Elements of a multi-valued attribute.
 * @returns The elements, of each pair of value and type the first; the same reference when each was there once.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.4
 */
export function onceEach(elements: readonly unknown[]): readonly unknown[] {
  if (elements.length < 2) return elements
  const seen = new Set<string>()
  const kept = elements.filter((element) => {
    const pair = pairOf(element)
    return pair === undefined || (!seen.has(pair) && seen.add(pair))
  })
  return kept.length === elements.length ? elements : kept
}

function pairOf(element: unknown): string | undefined {
  if (typeof element !== 'object' || element === null) return JSON.stringify([element])
  const { value, type } = element as JsonObject // an element that is not a simple value is an object
  return value === undefined ? undefined : JSON.stringify([value, type])
}
