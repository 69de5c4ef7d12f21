import type { AttributePath } from '@scimkit/core/schema'
import type { PatchPath } from './ast.js'
import { attrName, attrPath } from './attr-path.js'
import { FilterParser } from './parse-filter.js'
import type { ParseOptions } from './parse-options.js'
import { Tokenizer } from './tokenize.js'

/**
 * Parses the path of a PATCH operation: `members`, `name.familyName`, `emails[type eq "work"].value`, a bare URN.
 *
 * @param text Path as it was sent.
 * @param options As for `parseFilter`; `filterAfterBracket` has no meaning here.
 * @returns The frozen path.
 * @throws {FilterSyntaxError} When the text does not follow the grammar; `scimType` tells whether the fault is inside the
 * brackets.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export function parsePath(text: string, options: ParseOptions = {}): PatchPath {
  const tokens = new Tokenizer(text, options, 'invalidPath')
  const path = patchPath(tokens)
  tokens.end(['end of text'])
  return path
}

/** `PATH = attrPath / valuePath [subAttr]` */
function patchPath(tokens: Tokenizer): PatchPath {
  const path = attrPath(tokens)
  if (!opensBracket(tokens, path)) return path
  tokens.scimType = 'invalidFilter'
  const filter = new FilterParser(tokens, true).filter()
  tokens.close(']')
  tokens.scimType = 'invalidPath'
  if (!tokens.takeMark('.')) return Object.freeze({ ...path, filter })
  return Object.freeze({ ...path, filter, subAttribute: attrName(tokens) })
}

/** Takes the bracket behind a path with the blanks around it; blanks without a bracket are left. */
function opensBracket(tokens: Tokenizer, { subAttribute }: AttributePath): boolean {
  if (subAttribute !== undefined || tokens.text[tokens.endOfBlanks()] !== '[') return false
  tokens.takeSpace(0, Infinity)
  return tokens.open('[')
}
