import { describe, expect, test } from 'vitest'
import { createQuotaWindow } from './quota-window.js'

describe('a quota of 10 in a second', () => {
  const table = [
    { name: 'is free when nothing was taken', taken: [], units: 10, now: 5, want: 5 },
    { name: 'has room beside what was taken', taken: [[0, 6]], units: 4, now: 5, want: 5 },
    { name: 'waits for the oldest to expire', taken: [[0, 6]], units: 5, now: 5, want: 1000 },
    {
      name: 'waits for as many as it needs',
      taken: [
        [0, 3],
        [200, 3],
        [400, 4],
      ],
      units: 4,
      now: 500,
      want: 1200,
    },
    {
      name: 'waits for all of them for the whole quota',
      taken: [
        [0, 3],
        [200, 3],
        [400, 4],
      ],
      units: 10,
      now: 500,
      want: 1400,
    },
    { name: 'has forgotten what is a second old', taken: [[0, 10]], units: 10, now: 1000, want: 1000 },
    { name: 'remembers what is just not a second old', taken: [[1, 10]], units: 1, now: 1000, want: 1001 },
    {
      name: 'counts what waits for its time, whatever came after it',
      taken: [
        [900, 5],
        [0, 5],
      ],
      units: 6,
      now: 100,
      want: 1900,
    },
  ] as const
  test.each(table)('$name', ({ taken, units, now, want }) => {
    const window = createQuotaWindow(10, 1)
    for (const [at, amount] of taken) window.take(amount, at)
    expect(window.earliest(units, now)).toBe(want)
  })

  test('never sees more than its units in any second, however they are asked for', () => {
    const window = createQuotaWindow(10, 1)
    const sent: { readonly at: number; readonly units: number }[] = []
    for (let now = 0, units = 1; now < 5000; now += 37, units = (units % 7) + 1) {
      const at = window.earliest(units, now)
      window.take(units, at)
      sent.push({ at, units })
    }
    for (const { at: from } of sent) {
      const within = sent.filter(({ at }) => at >= from && at < from + 1000)
      expect(within.reduce((sum, { units }) => sum + units, 0)).toBeLessThanOrEqual(10)
    }
  })

  test('is empty before anything was taken, and once it all has expired', () => {
    const window = createQuotaWindow(10, 1)
    expect(window.isEmpty(0)).toBe(true)
    window.take(1, 0)
    window.take(1, 10)
    expect([window.isEmpty(999), window.isEmpty(1009), window.isEmpty(1010)]).toEqual([false, false, true])
  })
})
