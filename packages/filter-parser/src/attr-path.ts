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
  const text = knownUrn(tokens) ?? tokens.take(token.attrPath)
  if (text === '' || text.endsWith('.') || text.endsWith(':')) tokens.fail(['attribute name'])
  return toPath(text)
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

function toPath(text: string): AttributePath {
  const colon = text.lastIndexOf(':')
  const dot = text.indexOf('.', colon + 1)
  if (colon < 0 && dot < 0) return Object.freeze({ name: text })
  const urn = text.slice(0, Math.max(colon, 0))
  const name = text.slice(colon + 1, dot < 0 ? undefined : dot)
  const subAttribute = dot < 0 ? '' : text.slice(dot + 1)
  return Object.freeze({ ...(urn && { urn }), name, ...(subAttribute && { subAttribute }) })
}
