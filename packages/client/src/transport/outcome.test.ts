import { describe, expect, test } from 'vitest'
import { ScimResponseError, ScimTransportError } from './errors.js'
import { classifyFailure, isOutcomeUnknown, statusOf, unknownOutcome } from './outcome.js'

const request = { method: 'PUT', url: 'https://scim.test/Users/1', headers: {} }
const status = (code: number) => new ScimResponseError(request, { status: code, headers: {}, body: undefined })
const transport = (outcome: 'unknown' | 'not-applied', passing: boolean) =>
  new ScimTransportError('network', 'x', { outcome, passing, request })

describe('a failure', () => {
  const table = [
    { want: 'final', given: [400, 401, 403, 404, 409, 412, 413, 499, 501, 505].map(status) },
    { want: 'ambiguous', given: [408, 500, 502, 503, 504, 507, 520].map(status) },
    { want: 'rejected', given: [425, 429].map(status) },
    { want: 'ambiguous', given: [transport('unknown', true)] },
    { want: 'rejected', given: [transport('not-applied', true)] },
    { want: 'final', given: [transport('unknown', false), transport('not-applied', false), new Error('x'), undefined] },
  ]
  test.each(table)('is $want: $given', ({ given, want }) => {
    expect(given.map(classifyFailure)).toEqual(given.map(() => want))
  })

  test('has a status only where a response came', () => {
    expect([status(404), transport('unknown', true), new Error('x')].map(statusOf)).toEqual([404, undefined, undefined])
  })

  test('has an unknown outcome only where it says so', () => {
    const given = [transport('unknown', true), transport('not-applied', true), status(500), new Error('x')]
    expect(given.map(isOutcomeUnknown)).toEqual([true, false, false, false])
  })
})

describe('the error of an unknown outcome', () => {
  test('keeps reason, request and cause of a failed attempt', () => {
    const cause = new ScimTransportError('timeout', 'x', { outcome: 'not-applied', request })
    const error = unknownOutcome('It is unknown', cause)
    expect(error).toMatchObject({ reason: 'timeout', outcome: 'unknown', request })
    expect(error.message).toBe('PUT /Users/1: It is unknown (scim.test)')
    expect(error.cause).toBe(cause)
  })

  test('keeps the request of an error response, and is an invalid response', () => {
    expect(unknownOutcome('x', status(500))).toMatchObject({ reason: 'invalid-response', outcome: 'unknown', request })
  })

  test('has no request where the cause has none', () => {
    expect(unknownOutcome('x', new Error('y'))).toMatchObject({ reason: 'invalid-response', request: undefined })
  })
})
