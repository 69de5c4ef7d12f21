import { type Attribute, subAttributeIndex } from '@scimkit/core/schema'
import { allows, type Reading } from './reading.js'

/**
 * Reads a text that is given for a singular complex attribute. Rule `emptyStringUnassigns`: the empty text means no
 * value. Rule `complexFromString`: another text is the `value` of an attribute that has one, such as `manager`.
 *
 * @param attribute Singular complex attribute.
 * @param value What was given for it.
 * @param path Path of the attribute, for the note.
 * @param reading Rules and the receiver of notes.
 * @returns `undefined` for no value, an object with `value`, or what came where the rules do not allow it.
 */
export function wrapStringAsComplex(attribute: Attribute, value: unknown, path: string, reading: Reading): unknown {
  if (typeof value !== 'string') return value
  if (value === '') {
    return allows(reading, 'emptyStringUnassigns', path, 'an empty text was read as no value') ? undefined : value
  }
  if (!subAttributeIndex(attribute).has('value')) return value
  return allows(reading, 'complexFromString', path, 'a text was read as the sub-attribute value') ? { value } : value
}
