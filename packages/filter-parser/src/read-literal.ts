import type { ComparisonValue } from './ast.js'
import { allows, fail, note, type Reading } from './reading.js'
import { matchAt, unitAt, word } from './units.js'

/** A part of a JSON string: units that stand for themselves, or one escape. */
const piece = /[ !#-[\]-\uffff]+|\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y
const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/**
 * Reads a literal.
 *
 * @param reading Text, at the first unit of the literal.
 * @returns Its value; a bare word as the string that it is.
 */
export function readLiteral(reading: Reading): ComparisonValue {
  const { text, at, options } = reading
  if (unitAt(text, at) === 34) return readString(reading)
  const whole = matchAt(word, text, at)
  const value =
    whole === 'true'
      ? true
      : whole === 'false'
        ? false
        : whole === 'null'
          ? null
          : jsonNumber.test(whole) && Number.isFinite(+whole)
            ? +whole + 0
            : whole
  if (value === whole) {
    if (!whole || whole.includes("'") || !allows(options, 'bareWords'))
      fail(reading, ['string', 'number', 'true', 'false', 'null'])
    note(reading, 'bareWords')
  }
  reading.at += whole.length
  return value
}

function readString(reading: Reading): string {
  const { text, at } = reading
  let escaped = false
  let end = at + 1
  for (let code = unitAt(text, end); code !== 34; code = unitAt(text, end)) {
    piece.lastIndex = end
    if (!piece.test(text)) fail(reading, [code < 0 ? '"' : 'JSON escape'], end)
    escaped ||= code === 92
    end = piece.lastIndex
  }
  reading.at = end + 1
  return escaped ? JSON.parse(text.slice(at, end + 1)) : text.slice(at + 1, end)
}
