import { describe, expect, test } from 'vitest'
import { ScimResponseError, ScimTransportError } from './errors.js'
import { judgeFailure, nextDelay, readRetryAfter } from './retry-policy.js'

const request = { method: 'GET', url: 'https://scim.test/Users', headers: {} }
const answer = (status: number, headers = {}) => new ScimResponseError(request, { status, headers, body: undefined })

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
  for (let tries = 1; tries < 40; tries++) {
    const delays = Array.from({ length: 50 }, () => nextDelay(answer(503), tries))
    expect(Math.max(...delays)).toBeLessThanOrEqual(Math.min(20_000, 125 * 2 ** tries))
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(0)
    expect(new Set(delays).size).toBeGreaterThan(1)
  }
})

test('each failure says whether the request was applied', () => {
  const transport = (outcome: 'unknown' | 'not-applied', passing: boolean) =>
    new ScimTransportError('network', 'x', { outcome, passing })
  expect([400, 401, 403, 404, 409, 412, 413, 501, 505].map((status) => judgeFailure(answer(status)))).toEqual(
    Array(9).fill('final'),
  )
  expect([408, 500, 502, 503, 504, 507, 520].map((status) => judgeFailure(answer(status)))).toEqual(
    Array(7).fill('doubtful'),
  )
  expect([425, 429].map((status) => judgeFailure(answer(status)))).toEqual(['refused', 'refused'])
  expect(judgeFailure(transport('unknown', true))).toBe('doubtful')
  expect(judgeFailure(transport('not-applied', true))).toBe('refused')
  expect(judgeFailure(transport('unknown', false))).toBe('final')
  expect(judgeFailure(new Error('x'))).toBe('final')
})
