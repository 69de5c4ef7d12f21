import { type Attribute, subAttributeIndex } from '@scimkit/core/schema'
import { allows, type Reading } from './reading.js'

/**
 * Rule `complexFromString`: reads a text that is given for a complex value as the `value` of an attribute that has one,
 * such as `manager` and `emails`.
 *
 * @param attribute Complex attribute.
 * @param value What was given for it, or for one element of it.
 * @param path Path of the attribute, for the note.
 * @param reading Rules and the receiver of notes.
 * @returns An object with `value`, or what came where the rule does not allow it.
 */
export function wrapStringAsComplex(attribute: Attribute, value: unknown, path: string, reading: Reading): unknown {
  if (typeof value !== 'string' || value === '' || !subAttributeIndex(attribute).has('value')) return value
  return allows(reading, 'complexFromString', path, 'a text was read as the sub-attribute value') ? { value } : value
}

/**
 * Rule `emptyStringUnassigns`: reads the empty text as no value of a complex attribute, and so the empty list, which
 * is no value of a singular one in another form.
 *
 * @param value What was given for a complex attribute.
 * @param path Path of the attribute, for the note.
 * @param reading Rules and the receiver of notes.
 * @returns Whether it counts as no value.
 */
export function readEmptyComplex(value: unknown, path: string, reading: Reading): boolean {
  if (value !== '' && !(Array.isArray(value) && value.length === 0)) return false
  const form = value === '' ? 'an empty text' : 'an empty list'
  return allows(reading, 'emptyStringUnassigns', path, `${form} was read as no value`)
}
