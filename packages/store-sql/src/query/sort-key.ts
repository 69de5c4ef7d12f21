import { type Attribute, type AttributeTarget, compareText, foldCase, subAttributeIndex } from '@scimkit/core/schema'

/** A value in the form by which resources are ordered: folded text, or a number for numbers, booleans and instants. */
export type SortKey = string | number

/**
 * Reads the value that a resource is sorted by: of several the primary one, else the first.
 *
 * @param target Attribute to sort by; a complex one stands for its `value`.
 * @param document A resource as stored.
 * @returns The key; `null` without a value.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2.3
 */
export function readSortKey(target: AttributeTarget, document: object): SortKey | null {
  const { attribute, extension } = target
  if (!attribute) return null
  const holder = extension ? member(document, extension.id) : document
  const all = member(holder, attribute.name)
  const element = Array.isArray(all) ? (all.find((one) => member(one, 'primary') === true) ?? all[0]) : all
  const sub = target.subAttribute ?? subAttributeIndex(attribute).get('value')
  return toSortKey(sub ?? attribute, sub ? member(element, sub.name) : element)
}

/**
 * Orders keys; resources without one come last in ascending order and first in descending order.
 *
 * @param order `descending` turns everything but the ids around.
 * @returns A comparison of two places, by key and then by id.
 */
export function compareBy(order: 'ascending' | 'descending' | undefined): (left: Place, right: Place) => number {
  const sign = order === 'descending' ? -1 : 1
  return (left, right) => sign * compareKeys(left.key ?? null, right.key ?? null) || compareText(left.id, right.id)
}

interface Place {
  readonly id: string
  readonly key?: SortKey | null | undefined
}

function compareKeys(left: SortKey | null, right: SortKey | null): number {
  if (left === null || right === null) return Number(left === null) - Number(right === null)
  if (typeof left === 'number' && typeof right === 'number') return left - right
  return compareText(String(left), String(right))
}

function toSortKey(compared: Attribute, value: unknown): SortKey | null {
  const single = Array.isArray(value) ? value[0] : value
  if (typeof single === 'boolean') return Number(single)
  if (typeof single === 'number') return single
  if (typeof single !== 'string') return null
  if (compared.type === 'dateTime') {
    const instant = Date.parse(single)
    return Number.isNaN(instant) ? null : instant
  }
  return compared.caseExact ? single : foldCase(single)
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  return (value as Readonly<Record<string, unknown>>)[name] // an object, and the member is its own
}
