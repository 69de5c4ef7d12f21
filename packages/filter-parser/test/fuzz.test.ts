import { compileFilter, FilterSyntaxError, parseFilter, parsePath, stringifyFilter } from '@scimkit/filter-parser'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom, randomFilter } from './random.js'

const runs = Number(process.env.RUNS ?? 2_000)
const pieces = [
  'a',
  'emails',
  'urn:x:y',
  ':',
  '.',
  ' ',
  '  ',
  '\t',
  '(',
  ')',
  '[',
  ']',
  'not',
  'and',
  'or',
  'eq',
  'pr',
  'co',
  '"',
  '\\',
  '\\u',
  '1',
  '-',
  'e9',
  'true',
  'null',
  '__proto__',
  'constructor',
  '\0',
  '\ud800',
  'é',
]
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((list) => list.join('')),
)
const builtIn = () =>
  [Object, Array, String, Number, Function].map(({ prototype }) => Reflect.ownKeys(prototype).map(String).join())

describe('arbitrary text', () => {
  it(`ends in a filter or a FilterSyntaxError (${runs} texts)`, () => {
    const before = builtIn()
    fc.assert(
      fc.property(text, fc.boolean(), (given, lenient) => {
        for (const parse of [parseFilter, parsePath]) {
          try {
            const parsed = parse(given, { lenient })
            if ('kind' in parsed) {
              expect(parseFilter(stringifyFilter(parsed))).toEqual(parsed)
              compileFilter(parsed)({ a: 1, emails: [{ value: 'x' }] })
            }
          } catch (error) {
            if (!FilterSyntaxError.is(error)) throw error
            expect(error.position).toBeLessThanOrEqual(given.length)
          }
        }
      }),
      { numRuns: runs },
    )
    expect(builtIn()).toEqual(before)
  })

  it('of 64 kB ends without exhausting the stack', () => {
    const limits = { length: 65_536, depth: 65_536, terms: 65_536 }
    const worst = [
      '('.repeat(65_000),
      `${'not('.repeat(16_000)}a pr${')'.repeat(16)}`,
      `a eq "${'\\\\'.repeat(32_000)}`,
      'a'.repeat(65_000),
      `${'a:'.repeat(32_000)}`,
      `${'a pr or '.repeat(8_000)}a pr`,
      '[a pr or '.repeat(7_000),
      ' '.repeat(65_000),
      `a eq ${'1'.repeat(65_000)}`,
    ]
    for (const given of worst) {
      for (const lenient of [false, true]) {
        try {
          parseFilter(given, { limits, lenient })
        } catch (error) {
          expect(FilterSyntaxError.is(error)).toBe(true)
        }
      }
    }
  })
})

describe('random trees', () => {
  it('parse again to the same tree', () => {
    const random = createRandom(7)
    for (let count = 0; count < runs; count++) {
      const filter = randomFilter(random)
      expect(parseFilter(stringifyFilter(filter))).toEqual(filter)
    }
  })
})
