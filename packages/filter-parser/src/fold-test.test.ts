import { compareText, foldCase } from '@scimkit/core/schema'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ComparisonOperator } from './ast.js'
import { foldTest } from './fold-test.js'

const wanted: Readonly<Record<string, (value: string, literal: string) => boolean>> = {
  eq: (value, literal) => value === literal,
  co: (value, literal) => value.includes(literal),
  sw: (value, literal) => value.startsWith(literal),
  ew: (value, literal) => value.endsWith(literal),
  gt: (value, literal) => compareText(value, literal) > 0,
  ge: (value, literal) => compareText(value, literal) >= 0,
  lt: (value, literal) => compareText(value, literal) < 0,
  le: (value, literal) => compareText(value, literal) <= 0,
}
/** Letters that fold to others, to two, to ASCII, that compose, and those at the ends of the first 256. */
const letters = ['a', 'A', 'b', 'S', 's', 'k', 'e', 'é', 'É', 'ÿ', 'ß', 'µ', '×', '÷', '\0', '\x7f', '\x80', '\xff']
const others = ['\u0301', '\u0345', 'K', 'ſ', 'İ', 'ﬁ', '\ud83d', '\ude00', '日']
const text = fc
  .array(fc.constantFrom(...letters, ...letters, ...others), { maxLength: 6 })
  .map((units) => units.join(''))

describe('foldTest', () => {
  it.each(Object.entries(wanted))('%s answers as if both sides were folded', (operator, want) => {
    fc.assert(
      fc.property(text, text, fc.nat(6), fc.nat(6), (value, other, from, to) => {
        // Half of the literals are a part of the value, in another case.
        for (const literal of [other, value.slice(Math.min(from, to), Math.max(from, to)).toUpperCase()]) {
          const given = foldTest(operator as ComparisonOperator, literal)(value) // a key of the table
          expect(given).toBe(want(foldCase(value), foldCase(literal)))
        }
      }),
      { numRuns: 600, seed: 3 },
    )
  })
  it.each(Object.keys(wanted))('%s is true of nothing that is no text', (operator) => {
    for (const literal of ['', 'a', '日']) {
      const test = foldTest(operator as ComparisonOperator, literal) // a key of the table
      for (const value of [undefined, null, 0, true, ['a'], { length: 1 }]) expect(test(value)).toBe(false)
    }
  })
})
