import type { AttributePath } from '@scimkit/core/schema'
import type { PatchPath } from './ast.js'
import { readFilter } from './parse-filter.js'
import type { ParseOptions } from './parse-options.js'
import { readName, readPath } from './read-path.js'
import { behindBlanks, endReading, type Reading, readEnd, skipMark, skipSpace, startReading } from './reading.js'
import { unitAt } from './units.js'

/**
 * Parses the path of a PATCH operation: `members`, `name.familyName`, `emails[type eq "work"].value`, a bare URN.
 *
 * @param text Path as it was sent.
 * @param options As for `parseFilter`; `filterAfterBracket` has no meaning here.
 * @returns The frozen path.
 * @throws {FilterSyntaxError} When the text is no path; `scimType` tells whether the fault is inside the brackets.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export function parsePath(text: string, options: ParseOptions = {}): PatchPath {
  const reading = startReading(text, options, 'invalidPath')
  const attribute = readPath(reading)
  const path = takeBracket(reading, attribute) ? readElement(reading, attribute) : attribute
  endReading(reading, ['end of text'])
  return path
}

/** Reads the bracket that may stand behind a path, with the blanks around it, if it is there. */
function takeBracket(reading: Reading, { subAttribute }: AttributePath): boolean {
  const { text } = reading
  if (subAttribute !== undefined || unitAt(text, behindBlanks(reading)) !== 91) return false
  skipSpace(reading, 0, Infinity)
  skipMark(reading)
  return true
}

function readElement(reading: Reading, path: AttributePath): PatchPath {
  reading.scimType = 'invalidFilter'
  const filter = readFilter(reading, true)
  readEnd(reading, ']')
  reading.scimType = 'invalidPath'
  if (unitAt(reading.text, reading.at) !== 46) return Object.freeze({ ...path, filter })
  reading.at++
  return Object.freeze({ ...path, filter, subAttribute: readName(reading) })
}
