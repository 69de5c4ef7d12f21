import { allows, type Reading } from './reading.js'

/**
 * Rule `stringBooleans`: reads `"True"` and `"false"`, in any case, as the boolean they name.
 *
 * @param value Value for a boolean attribute.
 * @param path Path of the attribute, for the note.
 * @param reading Rules and the receiver of notes.
 * @returns The boolean where the rule allows it, else what came.
 */
export function readStringBoolean(value: unknown, path: string, reading: Reading): unknown {
  if (typeof value !== 'string') return value
  const folded = value.toLowerCase()
  if (folded !== 'true' && folded !== 'false') return value
  const detail = `text "${value}" was read as the boolean ${folded}`
  return allows(reading, 'stringBooleans', path, detail) ? folded === 'true' : value
}
