import { allows, type Reading } from './reading.js'

/**
 * Rule `stringNumbers`: reads a text that is a number, as JSON writes it, as that number.
 *
 * @param type Type that the schema says.
 * @param value Value for an attribute of this type.
 * @param path Path of the attribute, for the note.
 * @param reading Rules and the receiver of notes.
 * @returns The number where the rule allows it, else what came.
 */
export function readStringNumber(type: 'integer' | 'decimal', value: unknown, path: string, reading: Reading): unknown {
  if (typeof value !== 'string' || value.length > longest) return value
  const pattern = type === 'integer' ? /^-?\d+$/ : /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/
  if (!pattern.test(value)) return value
  const number = Number(value)
  const fits = type === 'integer' ? Number.isSafeInteger(number) : Number.isFinite(number)
  return fits && allows(reading, 'stringNumbers', path, `a text was read as the ${type} that it writes`)
    ? number
    : value
}

/** More digits than any number keeps, in UTF-16 units. */
const longest = 40
