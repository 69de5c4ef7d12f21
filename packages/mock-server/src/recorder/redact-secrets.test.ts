import { userResource } from '@scimkit/core'
import { describe, expect, it } from 'vitest'
import { createRedactors } from './redact-secrets.js'

const token = 'the-token-of-the-server'
const redactor = createRedactors(
  [userResource],
  token,
)(new Request('https://mock.invalid', { headers: { authorization: 'Bearer the-token-of-the-request' } }))

const bodies: readonly { name: string; given: unknown; want: unknown }[] = [
  { name: 'a writeOnly attribute', given: { password: 'x' }, want: { password: '[redacted]' } },
  { name: 'one in any case', given: { PASSWORD: 'x' }, want: { PASSWORD: '[redacted]' } },
  { name: 'one that unassigns', given: { password: null }, want: { password: null } },
  {
    name: 'one that a PATCH points at',
    given: { op: 'replace', path: 'password', value: 'x' },
    want: { op: 'replace', path: 'password', value: '[redacted]' },
  },
  { name: 'a name that looks secret', given: { api_key: 'x' }, want: { api_key: '[redacted]' } },
  { name: 'an ordinary attribute', given: { userName: 'ada' }, want: { userName: 'ada' } },
  { name: 'JSON inside a string', given: { note: '{"secret":"x"}' }, want: { note: '{"secret":"[redacted]"}' } },
  { name: 'a token in a text', given: { note: `see ${token}` }, want: { note: 'see [redacted]' } },
  {
    name: 'a parameter of a URL',
    given: { photo: 'https://a.example/p?sig=abc&w=1' },
    want: { photo: 'https://a.example/p?sig=[redacted]&w=1' },
  },
  {
    name: 'a filter on a secret',
    given: { filter: 'password eq "x"' },
    want: { filter: 'password eq "[redacted]"' },
  },
]

describe('a redactor', () => {
  for (const { name, given, want } of bodies) {
    it(`shows of a body without its secrets: ${name}`, () => {
      expect(redactor.body(JSON.stringify(given))).toEqual(want)
    })
  }

  it('shows text that is not JSON unless it names a secret', () => {
    expect(redactor.body('hello')).toBe('hello')
    expect(redactor.body('{"password": "x')).toBe('[redacted]: 15 characters that are not JSON')
    expect(redactor.body('')).toBeUndefined()
  })

  it('keeps the scheme of credentials, and headers that only sound secret', () => {
    const headers = new Headers({
      authorization: 'Bearer x',
      cookie: 'a=b',
      'x-api-key': 'k',
      'idempotency-key': 'i',
      accept: 'text/html',
    })
    expect(redactor.headers(headers)).toEqual({
      authorization: 'Bearer [redacted]',
      cookie: '[redacted]',
      'x-api-key': '[redacted]',
      'idempotency-key': 'i',
      accept: 'text/html',
    })
  })

  it('hides the parameters of a query that carry credentials', () => {
    expect(redactor.query(new URLSearchParams('access_token=x&code=y&count=3'))).toEqual({
      access_token: '[redacted]',
      code: '[redacted]',
      count: '3',
    })
  })

  it('hides the credentials of the request itself wherever they occur', () => {
    expect(redactor.path('/Users/the-token-of-the-request')).toBe('/Users/[redacted]')
  })
})
