import type { AttributePath } from '@scimkit/core/schema'
import { type Tokenizer, token } from './tokenize.js'

/**
 * `attrPath = [URI ":"] ATTRNAME *1subAttr`, `subAttr = "." ATTRNAME`.
 *
 * The URI ends at the last colon. The last segment of a URN may be anything, but only a known URN tells that it is one.
 *
 * @param tokens Text, at the path.
 * @returns The frozen path.
 */
export function attrPath(tokens: Tokenizer): AttributePath {
  const known = knownUrn(tokens)
  if (known !== undefined) return splitUrn(known)
  const uri = tokens.hasColon ? tokens.take(token.URI) : ''
  const name = attrName(tokens)
  const subAttribute = tokens.takeMark('.') ? attrName(tokens) : undefined
  if (uri === '') return Object.freeze(subAttribute === undefined ? { name } : { name, subAttribute })
  const urn = uri.slice(0, -1)
  return Object.freeze(subAttribute === undefined ? { urn, name } : { urn, name, subAttribute })
}

/**
 * `ATTRNAME = ALPHA *(nameChar)`, and `$ref`.
 *
 * @param tokens Text, at the name.
 * @returns The name.
 */
export function attrName(tokens: Tokenizer): string {
  return tokens.take(token.ATTRNAME) || tokens.fail(['attribute name'])
}

function knownUrn(tokens: Tokenizer): string | undefined {
  const { schemas } = tokens.options
  if (!schemas) return undefined
  const start = tokens.position
  const word = tokens.take(token.word)
  const folded = word.toLowerCase() // a URN is ASCII, which folds to its small letters
  if (schemas.some((urn) => urn.toLowerCase() === folded)) return word
  tokens.position = start
  return undefined
}

/** Splits the URN of a schema like any other path, though its last segment need not be a name. */
function splitUrn(text: string): AttributePath {
  const [, urn, name = '', subAttribute] = /^(?:(.*):)?([^.]*)\.?(.*)/.exec(text) ?? []
  return Object.freeze({ ...(urn && { urn }), name, ...(subAttribute && { subAttribute }) })
}
