import type { Attribute } from './attribute.js'
import { foldCase } from '../text/fold-case.js'
import { isUnassigned } from './is-unassigned.js'
import { splitInstant } from './split-instant.js'

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

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
