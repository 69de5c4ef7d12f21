import { compareText, foldCase } from '@scimkit/core/schema'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { ComparisonOperator } from '../ast.js'
import { compileFoldedComparison } from './compile-folded-comparison.js'

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

describe('compileFoldedComparison', () => {
  it.each(Object.entries(wanted))('%s answers as if both sides were folded', (operator, want) => {
    fc.assert(
      fc.property(text, text, fc.nat(6), fc.nat(6), (value, other, from, to) => {
        // Half of the literals are a part of the value, in another case.
        for (const literal of [other, value.slice(Math.min(from, to), Math.max(from, to)).toUpperCase()]) {
          const given = compileFoldedComparison(operator as ComparisonOperator, literal)(value) // a key of the table
          expect(given).toBe(want(foldCase(value), foldCase(literal)))
        }
      }),
      { numRuns: 600, seed: 3 },
    )
  })
  it.each(Object.keys(wanted))('%s is false for whatever is not a string', (operator) => {
    for (const literal of ['', 'a', '日']) {
      const test = compileFoldedComparison(operator as ComparisonOperator, literal) // a key of the table
      for (const value of [undefined, null, 0, true, ['a'], { length: 1 }]) expect(test(value)).toBe(false)
    }
  })
  it.each(Object.keys(wanted))('%s folds no value as long as it meets nothing but Latin letters', (operator) => {
    const latin = ['', 'a', 'A', 'Ab', 'aB', 'ABA', 'aab', 'É', 'é', 'Aé', 'ÉA', 'ÿ', 'ÀÞ', '~', 'z', 'BAAB']
    const literals = ['', 'a', 'ab', 'aab', 'ba', 'b', 'z', 'A~']
    for (const literal of literals) {
      const test = compileFoldedComparison(operator as ComparisonOperator, literal) // a key of the table
      expect(latin.filter((value) => countFolds(() => test(value)) > 0)).toEqual([])
    }
  })
  it.each([
    ['eq', 'a', 'b日', 0],
    ['eq', 'a', '日', 1],
    ['eq', 'a', 'ß', 1],
    ['eq', 'a', 'µ', 1],
    ['eq', 'é', 'a', 1],
    ['sw', 'a', 'ab日', 0],
    ['sw', 'a', 'b日', 0],
    ['sw', 'a', 'a\u0301', 1],
    ['sw', 'ab', 'A日', 1],
    ['ew', 'a', '日a', 0],
    ['ew', 'ba', '日a', 1],
    ['ew', 'a', '日', 1],
    ['co', 'a', 'Ab日', 0],
    ['co', 'a', 'a日', 1],
    ['co', 'ab', 'aab日', 1],
    ['co', 'ab', 'aabb日', 0],
    ['co', 'ab', 'a日', 1],
    ['co', 'a', '日a', 1],
    ['gt', 'a', 'bc日', 0],
    ['gt', 'a', 'b日', 1],
    ['gt', 'a', '日', 1],
    ['le', 'ab', 'abc日', 0],
  ] as const)('%s %j of %j folds %i times', (operator, literal, value, want) => {
    const test = compileFoldedComparison(operator, literal)
    expect(countFolds(() => test(value))).toBe(want)
  })
})

/** How many texts were folded; every folding that is not of ASCII begins with a decomposition. */
function countFolds(run: () => unknown): number {
  const small = vi.spyOn(String.prototype, 'toLowerCase')
  const decomposed = vi.spyOn(String.prototype, 'normalize')
  run()
  const folds = decomposed.mock.calls.filter(([form]) => form === 'NFD').length
  const count = folds || (small.mock.calls.length > 0 ? 1 : 0)
  small.mockRestore()
  decomposed.mockRestore()
  return count
}
