import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { compileComparison } from './compile-comparison.js'
import { compileContains } from './compile-contains.js'
import { compileFoldedComparison } from './compile-folded-comparison.js'

const repeating = (min: number, max: number) =>
  fc.array(fc.constantFrom('a', 'a', 'a', 'b'), { minLength: min, maxLength: max }).map((units) => units.join(''))

describe('compileContains', () => {
  it('finds what the search of the engine finds', () => {
    fc.assert(
      fc.property(repeating(30, 40), repeating(0, 40), repeating(0, 40), (part, before, behind) => {
        const test = compileContains(part)
        for (const text of [before + part + behind, before + part.slice(1) + behind, before + behind + behind, part]) {
          expect(test(text)).toBe(text.includes(part))
        }
      }),
      { numRuns: 500, seed: 5 },
    )
    expect(compileContains('')('')).toBe(true)
    expect(compileContains(`${'ab'.repeat(20)}c`)(`${'ab'.repeat(23)}c`)).toBe(true)
    expect(compileContains('x'.repeat(33))('x'.repeat(32))).toBe(false)
  })
})

describe('co takes linear time, also where value and literal repeat themselves', () => {
  const attribute = { name: 'a', type: 'string', multiValued: false } as Parameters<typeof compileComparison>[0] // only these are read
  const literal = `${'a'.repeat(400)}b${'a'.repeat(400)}`
  it.each([
    ['without regard to case', compileFoldedComparison('co', literal)],
    ['case exact', compileComparison({ ...attribute, caseExact: true }, 'co', literal)],
  ])('%s', (_, test) => {
    const value = 'a'.repeat(20_000)
    const search = vi.spyOn(String.prototype, 'includes')
    const look = vi.spyOn(String.prototype, 'charCodeAt')
    const found = test(value)
    const [searches, looks] = [search.mock.calls.length, look.mock.calls.length]
    search.mockRestore()
    look.mockRestore()
    expect(found).toBe(false)
    expect(searches).toBe(0)
    expect(looks).toBeLessThan(8 * value.length)
  })
  it.each([
    ['long values', compileFoldedComparison('co', 'aaaaaaab')],
    ['mixed letters', compileFoldedComparison('co', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab')],
  ])('%s: a short literal costs no more than its length for each unit', (_, test) => {
    const look = vi.spyOn(String.prototype, 'charCodeAt')
    const found = test('a'.repeat(2_000))
    const looks = look.mock.calls.length
    look.mockRestore()
    expect(found).toBe(false)
    expect(looks).toBeLessThan(2 * 33 * 2_000)
  })
})
