import { isObject } from '../json.js'
import { foldCase } from '../text/fold-case.js'
import type { Attribute } from './attribute.js'
import { isUnassigned } from './is-unassigned.js'

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
  if (attribute.type === 'complex') return sameComplex(attribute.subAttributes ?? [], left, right)
  if (typeof left !== 'string' || typeof right !== 'string') return left === right
  if (attribute.type === 'dateTime') return left === right || sameInstant(left, right)
  if (attribute.type === 'binary') return withoutPadding(left) === withoutPadding(right)
  return attribute.caseExact ? left === right : foldCase(left) === foldCase(right)
}

function sameComplex(subAttributes: readonly Attribute[], left: unknown, right: unknown): boolean {
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

/** Without a zone a dateTime is taken as UTC; more digits than milliseconds count as well. */
function sameInstant(left: string, right: string): boolean {
  const before = splitInstant(left)
  const after = splitInstant(right)
  return before !== undefined && after !== undefined && before.second === after.second && before.digits === after.digits
}

/**
 * Makes a text of an element that is the same for the same elements, as `sameElement` judges, and for them alone.
 *
 * @param attribute Attribute that the element belongs to.
 * @param element Element of a list, or the value of a singular attribute.
 * @returns The key.
 */
export function elementKey(attribute: Attribute, element: unknown): string {
  if (attribute.type === 'complex' && isObject(element)) {
    const subAttributes = attribute.subAttributes ?? []
    return `{${subAttributes.map((sub) => valueKey(sub, element[sub.name])).join()}}`
  }
  return JSON.stringify(typeof element === 'string' ? textKey(attribute, element) : element) ?? ''
}

/**
 * Takes the padding off base64, which says nothing.
 *
 * @param base64 Value of a binary attribute.
 * @returns The text without `=` at its end.
 */
export function withoutPadding(base64: string): string {
  return base64.replace(/={1,2}$/, '')
}

/**
 * Makes a text of a value that is the same for the same values, as `sameValue` judges, and for them alone.
 *
 * @param attribute Attribute that the value belongs to.
 * @param value Value, for a multi-valued attribute a list.
 * @returns The key; empty for all forms of "no value".
 */
export function valueKey(attribute: Attribute, value: unknown): string {
  if (isUnassigned(value)) return ''
  if (!attribute.multiValued || !Array.isArray(value)) return elementKey(attribute, value)
  return `[${value
    .map((element) => elementKey(attribute, element))
    .sort()
    .join()}]`
}

function textKey(attribute: Attribute, text: string): unknown {
  if (attribute.type === 'binary') return withoutPadding(text)
  if (attribute.type !== 'dateTime') return attribute.caseExact ? text : foldCase(text)
  const instant = splitInstant(text)
  return instant ? [instant.second, instant.digits] : text
}

/** An instant in parts that can be compared. */
export interface InstantParts {
  /** Milliseconds since 1970 of the whole second. */
  readonly second: number
  /** Digits of the fraction without zeros at the end; any number of them. */
  readonly digits: string
}

/** Years of more than four digits name no instant that `Date` reads. */
const segments = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d*[1-9])?0*)?(.*)/

/**
 * Splits a dateTime at its fraction. Without a zone it is taken as UTC.
 *
 * @param text Value of a dateTime attribute.
 * @returns The parts, or `undefined` when the text names no instant.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.3.5
 */
export function splitInstant(text: string): InstantParts | undefined {
  const parts = segments.exec(text)
  if (!parts) return undefined
  const [, time = '', digits = '', zone = ''] = parts
  const second = Date.parse(`${time}${zone === '' ? 'Z' : zone}`)
  return Number.isNaN(second) ? undefined : { second, digits }
}
