import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { laws } from './laws.js'

/** Cases over all laws, the same in every run unless `CASES` says how many; `fuzz/patch.ts` tries others. */
const cases = Number(process.env.CASES ?? 20_000)
const seed = 7_644

describe('laws of PATCH', () => {
  it.each(laws)('$name', ({ property }) => {
    const result = fc.check(property, { seed, numRuns: Math.ceil(cases / laws.length) })
    expect(result.failed, fc.defaultReportMessage(result)).toBe(false)
  })
})
