import type { ComparisonValue } from './ast.js'
import { type Tokenizer, token } from './tokenize.js'

const literals: ReadonlyMap<string, ComparisonValue> = /* @__PURE__ */ new Map([
  ['false', false],
  ['null', null],
  ['true', true],
])
const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/**
 * `compValue = false / null / true / number / string`, all as in JSON; leniently also a bare word, as the string it is.
 *
 * @param tokens Text, at the value.
 * @returns The value.
 * @see https://www.rfc-editor.org/rfc/rfc7159
 */
export function compValue(tokens: Tokenizer): ComparisonValue {
  if (tokens.isNext('"')) return string(tokens)
  const start = tokens.position
  const word = tokens.take(token.word)
  const literal = literals.get(word)
  if (literal !== undefined) return literal
  if (jsonNumber.test(word) && Number.isFinite(Number(word))) return Number(word) + 0 // -0 becomes 0
  if (!word || word.includes("'") || !tokens.allows('bareWords')) {
    tokens.fail(['string', 'number', 'true', 'false', 'null'], start)
  }
  tokens.note('bareWords', start)
  return word
}

function string(tokens: Tokenizer): string {
  tokens.takeMark('"')
  let value = tokens.take(token.unescaped)
  while (!tokens.takeMark('"')) {
    const escaped = tokens.take(token.escape)
    if (!escaped) tokens.fail([tokens.isAtEnd() ? '"' : 'JSON escape'])
    value += JSON.parse(`"${escaped}"`) + tokens.take(token.unescaped)
  }
  return value
}
