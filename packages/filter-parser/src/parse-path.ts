import type { PatchPath } from './ast.js'
import { readFilter } from './parse-filter.js'
import type { ParseOptions } from './parse-options.js'
import { Tokens } from './tokenize.js'

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
  const tokens = new Tokens(text, options)
  tokens.scimType = 'invalidPath'
  tokens.readSpace(0, 0)
  const attribute = tokens.readPath()
  const path = tokens.takeBracket(attribute) ? readElement(tokens, attribute, options) : attribute
  tokens.readSpace(0, 0)
  if (tokens.position < text.length) tokens.fail(['end of text'])
  return path
}

function readElement(tokens: Tokens, path: PatchPath, options: ParseOptions): PatchPath {
  tokens.scimType = 'invalidFilter'
  tokens.readSpace(0, Infinity)
  const filter = readFilter(tokens, options, true)
  tokens.readSpace(0, Infinity)
  tokens.readMark(']', 'and', 'or')
  tokens.scimType = 'invalidPath'
  if (tokens.next() !== 46) return Object.freeze({ ...path, filter })
  tokens.position++
  return Object.freeze({ ...path, filter, subAttribute: tokens.readName() })
}
