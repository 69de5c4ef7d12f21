import type { ParseOptions } from '@scimkit/filter-parser'
import type { Reading } from './reading.js'

/**
 * Rules `spacing`, `bareWords` and `filterAfterBracket`: tells the parser of filters and paths which lenient readings
 * it may use, and reports those that it needed.
 *
 * @param path What the text is for the note, such as `filter` or `path`.
 * @param reading Rules and the receiver of notes.
 * @returns Options for `parseFilter` and `parsePath`.
 */
export function toParseOptions(path: string, reading: Reading): ParseOptions {
  const { spacing, bareWords, filterAfterBracket } = reading.rules
  return {
    lenient: { spacing, bareWords, filterAfterBracket },
    onNote: ({ rule, position }) => reading.onNote({ rule, path, detail: `lenient reading at position ${position}` }),
  }
}
