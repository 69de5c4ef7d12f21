import { allows, type Reading } from './reading.js'

/**
 * Rule `objectAsList`: reads one element that is given for a multi-valued attribute as a list of one.
 *
 * @param value Value for a multi-valued attribute that is no list.
 * @param path Path of the attribute, for the note.
 * @param reading Rules and the receiver of notes.
 * @returns The list where the rule allows it, else what came.
 */
export function wrapObjectAsList(value: unknown, path: string, reading: Reading): unknown {
  const detail = 'one element was read as a list of one'
  return allows(reading, 'objectAsList', path, detail) ? [value] : value
}
