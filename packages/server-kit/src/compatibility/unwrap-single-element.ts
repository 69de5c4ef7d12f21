import { allows, type Reading } from './reading.js'

/**
 * Rule `unwrapSingleElement`: takes the element out of a list of one that is given for a singular attribute.
 *
 * @param value Value for a singular attribute, or for one element.
 * @param path Path of the attribute, for the note.
 * @param reading Rules and the receiver of notes.
 * @returns The element where the rule allows it, else what came.
 */
export function unwrapSingleElement(value: unknown, path: string, reading: Reading): unknown {
  if (!Array.isArray(value) || value.length !== 1) return value
  const detail = 'a list of one element was read as that element'
  return allows(reading, 'unwrapSingleElement', path, detail) ? value[0] : value
}
