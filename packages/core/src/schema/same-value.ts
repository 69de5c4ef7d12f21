import type { Attribute } from './attribute.js'
import { foldCase } from '../text/fold-case.js'
import { elementKey, withoutPadding } from './element-key.js'
import { isUnassigned } from './is-unassigned.js'
import { splitInstant } from './split-instant.js'

/**
 * Compares two values of an attribute as its type and case rule say: dateTimes by instant, lists without regard to
 * order, all forms of "no value" as one.
 *
 * @param attribute Attribute that both values belong to.
 * @param left Value, for a multi-valued attribute a list.
 * @param right Value to compare with.
 * @returns Whether a reader could not tell them apart.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.2
 */
export function sameValue(attribute: Attribute, left: unknown, right: unknown): boolean {
  if (left === right) return true
  if (isUnassigned(left) || isUnassigned(right)) return isUnassigned(left) && isUnassigned(right)
  return attribute.multiValued ? sameList(attribute, left, right) : sameElement(attribute, left, right)
}

/**
 * Compares two elements of an attribute, or two values of a singular one.
 *
 * @param attribute Attribute that both elements belong to.
 * @param left One element.
 * @param right Another element.
 * @returns Whether all sub-attributes of a complex attribute, or the simple values, are the same.
 */
export function sameElement(attribute: Attribute, left: unknown, right: unknown): boolean {
  if (attribute.type === 'complex') return sameMembers(attribute.subAttributes ?? [], left, right)
  if (typeof left !== 'string' || typeof right !== 'string') return left === right
  if (attribute.type === 'dateTime') return left === right || sameInstant(left, right)
  if (attribute.type === 'binary') return withoutPadding(left) === withoutPadding(right)
  return attribute.caseExact ? left === right : foldCase(left) === foldCase(right)
}

function sameMembers(subAttributes: readonly Attribute[], left: unknown, right: unknown): boolean {
  if (!isObject(left) || !isObject(right)) return left === right
  return subAttributes.every((sub) => sameValue(sub, left[sub.name], right[sub.name]))
}

/** Lists mostly keep their order; where they do not, elements are matched by keys, so that long lists take no longer. */
function sameList(attribute: Attribute, left: unknown, right: unknown): boolean {
  if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false
  if (left.every((element, position) => sameElement(attribute, element, right[position]))) return true
  const counts = new Map<string, number>()
  for (const element of left) {
    const key = elementKey(attribute, element)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return right.every((element) => {
    const key = elementKey(attribute, element)
    const count = counts.get(key) ?? 0
    counts.set(key, count - 1)
    return count > 0
  })
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Without a zone a dateTime is taken as UTC; more digits than milliseconds count as well. */
function sameInstant(left: string, right: string): boolean {
  const before = splitInstant(left)
  const after = splitInstant(right)
  return before !== undefined && after !== undefined && before.second === after.second && before.digits === after.digits
}
