import { describe, expect, test } from 'vitest'
import { ScimResponseError } from './errors.js'
import { readRetryAfter, retryDelay } from './retry-delay.js'

const request = { method: 'GET', url: 'https://scim.test/Users', headers: {} }
const failed = (status: number, headers = {}) => new ScimResponseError(request, { status, headers, body: undefined })

describe('Retry-After', () => {
  const date = 'Tue, 24 Nov 2026 08:00:00 GMT'
  const table: readonly { name: string; given: Record<string, string>; want: number | undefined }[] = [
    { name: 'seconds', given: { 'retry-after': '7' }, want: 7000 },
    { name: 'no seconds', given: { 'retry-after': '0' }, want: 0 },
    { name: 'thirty years', given: { 'retry-after': '1000000000' }, want: 60_000 },
    {
      name: 'a date, by the clock of the server',
      given: { 'retry-after': 'Tue, 24 Nov 2026 08:00:05 GMT', date },
      want: 5000,
    },
    { name: 'a date gone by', given: { 'retry-after': 'Tue, 24 Nov 2026 07:00:00 GMT', date }, want: 0 },
    { name: 'a date far away', given: { 'retry-after': 'Tue, 24 Nov 2099 08:00:00 GMT', date }, want: 60_000 },
    { name: 'nonsense', given: { 'retry-after': 'soon' }, want: undefined },
    { name: 'nothing', given: {}, want: undefined },
  ]
  test.each(table)('may be $name', ({ given, want }) => {
    expect(readRetryAfter(given)).toBe(want)
  })
})

test('without Retry-After the wait is random below a bound that doubles, and never above 20 seconds', () => {
  for (let attempts = 1; attempts < 40; attempts++) {
    const delays = Array.from({ length: 50 }, () => retryDelay(failed(503), attempts))
    expect(Math.max(...delays)).toBeLessThanOrEqual(Math.min(20_000, 125 * 2 ** attempts))
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(0)
    expect(new Set(delays).size).toBeGreaterThan(1)
  }
})
