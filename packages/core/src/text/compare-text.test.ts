import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareText } from './compare-text.js'

const text = fc.string({ unit: 'binary', maxLength: 6 })

function compareCodePoints(left: string, right: string): number {
  const a = Array.from(left, (character) => character.codePointAt(0) ?? 0)
  const b = Array.from(right, (character) => character.codePointAt(0) ?? 0)
  const index = a.findIndex((code, position) => code !== b[position])
  return index < 0 ? a.length - b.length : (a[index] ?? 0) - (b[index] ?? -1)
}

describe('compareText', () => {
  it.each([
    { name: 'equal texts', given: ['ada', 'ada'], want: 0 },
    { name: 'a start before the whole', given: ['ad', 'ada'], want: -1 },
    { name: 'capitals before small letters', given: ['Z', 'a'], want: -1 },
    { name: 'letters of the first plane before those beyond', given: ['\uffee', '𐐀'], want: -1 },
    { name: 'private use before those beyond', given: ['\ue000', '\u{1f600}'], want: -1 },
    { name: 'two beyond the first plane', given: ['\u{1f601}', '\u{1f600}'], want: 1 },
    { name: 'nothing before something', given: ['', 'a'], want: -1 },
  ] as const)('orders $name', ({ given: [left, right], want }) => {
    expect(Math.sign(compareText(left, right))).toBe(want)
    expect(Math.sign(compareText(right, left))).toBe(want === 0 ? 0 : -want)
  })

  it('agrees with the order of code points', () => {
    fc.assert(
      fc.property(
        text,
        text,
        (left, right) => Math.sign(compareText(left, right)) === Math.sign(compareCodePoints(left, right)),
      ),
      { numRuns: 2_000 },
    )
  })

  it('sorts any texts alike from any start', () => {
    fc.assert(
      fc.property(fc.array(text), (texts) => {
        expect([...texts].reverse().sort(compareText)).toEqual([...texts].sort(compareText))
      }),
    )
  })
})
