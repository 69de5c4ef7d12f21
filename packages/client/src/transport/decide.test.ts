import { describe, expect, test } from 'vitest'
import { type CallState, type Decision, decide } from './decide.js'
import { ScimResponseError, ScimTransportError } from './errors.js'

const request = { method: 'POST', url: 'https://scim.test/Users', headers: {} }
const status = (code: number, headers = {}) =>
  new ScimResponseError(request, { status: code, headers, body: undefined })
const lost = (outcome: 'unknown' | 'not-applied') =>
  new ScimTransportError('network', 'No response came', { outcome, passing: true })
const unusable = (outcome: 'unknown' | 'not-applied') => new ScimTransportError('invalid-response', 'HTML', { outcome })

/** The first attempt of a write that cannot look anything up, with nearly all of its budget left. */
const first: CallState = {
  attempts: 1,
  retries: 4,
  remaining: 100_000,
  reads: false,
  canSettle: false,
  isFinal: false,
  doubt: 'none',
  random: 0.5,
}
const read = { reads: true }
const settling = { canSettle: true }
/** A write that can be looked up, after an attempt that may have been applied. */
const inDoubt = { ...settling, doubt: 'open', attempts: 2 } as const
const lookedUp = { ...settling, doubt: 'settled', attempts: 2 } as const

interface Row {
  readonly name: string
  readonly error: unknown
  readonly state?: Partial<CallState>
  readonly want: Partial<Decision>
}

function decideRow({ error, state, want }: Row): void {
  expect(decide(error, { ...first, ...state })).toMatchObject(want)
}

describe('an error that will not change', () => {
  const stop = { action: 'throw', again: false, delay: 0 } as const
  const table: readonly Row[] = [
    { name: '400', error: status(400), want: { ...stop, doubt: 'none' } },
    { name: '401', error: status(401), want: stop },
    { name: '403', error: status(403), want: stop },
    { name: '404 of a first attempt', error: status(404), state: settling, want: stop },
    { name: '409 of a first attempt', error: status(409), state: settling, want: stop },
    { name: '412 of a first attempt', error: status(412), state: settling, want: stop },
    { name: '413', error: status(413), want: stop },
    { name: '501', error: status(501), state: settling, want: stop },
    { name: '505', error: status(505), state: settling, want: stop },
    { name: '400 with Retry-After', error: status(400, { 'retry-after': '1' }), want: stop },
    { name: 'an exception of the caller’s own code', error: new Error('x'), state: settling, want: stop },
    { name: 'a request that could not be prepared', error: unusable('not-applied'), state: settling, want: stop },
    { name: 'an unusable response to a read', error: unusable('not-applied'), state: read, want: stop },
    { name: 'a 500 that the caller takes for a response', error: status(500), state: { isFinal: true }, want: stop },
    { name: '400 after an ambiguous attempt', error: status(400), state: inDoubt, want: { ...stop, doubt: 'open' } },
    { name: '403 after a look-up', error: status(403), state: lookedUp, want: { ...stop, doubt: 'settled' } },
  ]
  test.each(table)('is thrown at once: $name', decideRow)
})

describe('an attempt that the server or the network rejected', () => {
  const retry = { action: 'retry', again: true, doubt: 'none' } as const
  const table: readonly Row[] = [
    { name: '429 without Retry-After', error: status(429), want: { ...retry, delay: 125 } },
    { name: '429 with seconds', error: status(429, { 'retry-after': '7' }), want: { ...retry, delay: 7000 } },
    { name: '429 with a long wait', error: status(429, { 'retry-after': '900' }), want: { ...retry, delay: 60_000 } },
    { name: '429 with 0', error: status(429, { 'retry-after': '0' }), want: { ...retry, delay: 125 } },
    { name: '425', error: status(425), want: retry },
    { name: '429 of a POST that can be looked up', error: status(429), state: settling, want: retry },
    { name: 'a connection that never was', error: lost('not-applied'), state: settling, want: retry },
    { name: 'the last retry', error: status(429), state: { attempts: 4 }, want: { ...retry, delay: 1000 } },
    { name: '429 after an ambiguous attempt', error: status(429), state: inDoubt, want: { ...retry, doubt: 'open' } },
  ]
  test.each(table)('is repeated without a look-up: $name', decideRow)
})

describe('an ambiguous attempt', () => {
  const retry = { action: 'retry', again: true } as const
  const settle = { action: 'settle', again: true, doubt: 'open' } as const
  const table: readonly Row[] = [
    { name: '500 of a read', error: status(500), state: read, want: { ...retry, doubt: 'none' } },
    { name: '408 of a read', error: status(408), state: read, want: { ...retry, doubt: 'none' } },
    { name: 'a lost response to a read', error: lost('not-applied'), state: read, want: { ...retry, doubt: 'none' } },
    { name: '503 of a write without look-up', error: status(503), want: { ...retry, doubt: 'open' } },
    { name: '503 of a POST', error: status(503), state: settling, want: settle },
    { name: '408 of a POST', error: status(408), state: settling, want: settle },
    { name: '520 of a gateway', error: status(520), state: settling, want: settle },
    { name: 'a reset after a POST was sent', error: lost('unknown'), state: settling, want: settle },
    {
      name: '503 with Retry-After, which is waited for before the look-up',
      error: status(503, { 'retry-after': '2' }),
      state: settling,
      want: { ...settle, delay: 2000 },
    },
    { name: 'a second one', error: status(502), state: inDoubt, want: settle },
    { name: 'another one after a look-up', error: status(502), state: lookedUp, want: settle },
  ]
  test.each(table)('of a write leaves a doubt, and is settled where it can be: $name', decideRow)
})

describe('a write that may have been applied', () => {
  const settle = { action: 'settle', again: false, delay: 0 } as const
  const table: readonly Row[] = [
    { name: 'a response that cannot be used', error: unusable('unknown'), state: settling, want: settle },
    { name: '404 that may be its own', error: status(404), state: inDoubt, want: { ...settle, doubt: 'open' } },
    { name: '409 that may be its own', error: status(409), state: inDoubt, want: settle },
    { name: '412 that may be its own', error: status(412), state: inDoubt, want: settle },
    { name: '409 after a look-up', error: status(409), state: lookedUp, want: { ...settle, doubt: 'settled' } },
    {
      name: 'an ambiguous last attempt',
      error: status(503),
      state: { ...inDoubt, attempts: 5 },
      want: { action: 'settle', again: false, doubt: 'open' },
    },
  ]
  test.each(table)('is settled, and not sent again after $name', decideRow)

  test('is thrown with its doubt where nothing can be looked up', () => {
    const want = { action: 'throw', again: false, doubt: 'open' }
    expect(decide(unusable('unknown'), first)).toMatchObject(want)
    expect(decide(status(404), { ...first, doubt: 'open' })).toMatchObject(want)
    expect(decide(status(503), { ...first, attempts: 5 })).toMatchObject(want)
  })
})

describe('a call that has used up', () => {
  const table: readonly Row[] = [
    { name: 'its retries', error: status(503), state: { ...read, attempts: 5 }, want: { action: 'throw' } },
    { name: 'its retries by 429', error: status(429), state: { attempts: 5 }, want: { action: 'throw', again: false } },
    { name: 'all of none', error: status(503), state: { ...read, retries: 0 }, want: { action: 'throw' } },
    { name: 'its budget', error: status(503), state: { ...read, remaining: 0 }, want: { action: 'throw' } },
    { name: 'its budget but for the wait', error: status(503), state: { remaining: 125 }, want: { action: 'throw' } },
    {
      name: 'too much for Retry-After',
      error: status(429, { 'retry-after': '50' }),
      state: { remaining: 5000 },
      want: { action: 'throw', delay: 50_000 },
    },
    {
      name: 'too much to settle',
      error: status(503),
      state: { ...settling, remaining: 100 },
      want: { action: 'throw', again: false, doubt: 'open' },
    },
  ]
  test.each(table)('$name ends with the error', decideRow)

  test('all but a moment more than the wait goes on', () => {
    expect(decide(status(503), { ...first, ...read, remaining: 126 })).toMatchObject({ action: 'retry', delay: 125 })
  })

  test('nothing yet goes on, since the budget begins with the first turn', () => {
    expect(decide(status(429), { ...first, remaining: Infinity })).toMatchObject({ action: 'retry' })
  })
})
