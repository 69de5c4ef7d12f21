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

  // Work that grew with the square of the length would take minutes here and end the test by its time-out.
  it('of a million units ends in time that grows with its length, without exhausting the stack', () => {
    const length = 1_000_000
    const limits = { length, depth: length, terms: length }
    const fill = (part: string, before = '', behind = '') =>
      before + part.repeat(Math.floor((length - before.length - behind.length) / part.length)) + behind
    const worst = [
      fill('('),
      fill('not('),
      fill('not ( '),
      fill('\\\\', 'a eq "', '"'),
      fill('\\u0041', 'a eq "'),
      fill('a'),
      fill('a.'),
      fill('a:'),
      fill('urn:a:1.'),
      fill('a pr or ', '', 'a pr'),
      fill('a\tpr\tor\t', '', 'a\tpr'),
      fill('a[b pr] or ', '', 'a pr'),
      fill('a eq "x" and ', '(', 'a pr)'),
      fill('(a pr) or ', '', 'a pr'),
      fill('[a pr or '),
      fill(' '),
      fill(' ', 'a pr', 'or'),
      fill('1', 'a eq '),
      fill('1e', 'a eq '),
    ]
    let read = 0
    for (const given of worst) {
      for (const lenient of [false, true]) {
        try {
          parseFilter(given, { limits, lenient })
          read++
        } catch (error) {
          if (!FilterSyntaxError.is(error)) throw error
        }
      }
    }
    expect(read).toBeGreaterThan(8) // the longest texts are read to their ends
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
