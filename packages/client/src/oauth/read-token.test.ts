import { describe, expect, test } from 'vitest'
import { readToken } from './read-token.js'

describe('the body of a token endpoint', () => {
  const tokens = [
    { name: 'as RFC 6749 has it', given: { access_token: 't', token_type: 'Bearer', expires_in: 60 }, want: 60 },
    { name: 'with a number as text', given: { access_token: 't', token_type: 'bearer', expires_in: '60' }, want: 60 },
    { name: 'without a type', given: { access_token: 't' }, want: undefined },
    {
      name: 'with null',
      given: { access_token: 't', token_type: null, expires_in: null, error: null },
      want: undefined,
    },
    { name: 'with empty text', given: { access_token: 't', token_type: '', error: '' }, want: undefined },
    {
      name: 'with another name of the type',
      given: { access_token: 't', token_type: 'bearer_token' },
      want: undefined,
    },
    { name: 'that has expired', given: { access_token: 't', expires_in: 0 }, want: undefined },
    { name: 'with a life that is not a number', given: { access_token: 't', expires_in: 'soon' }, want: undefined },
  ]
  test.each(tokens)('has a token: $name', ({ given, want }) => {
    expect(readToken(JSON.stringify(given))).toEqual({ token: 't', expiresIn: want })
  })

  const faults = [
    { name: 'HTML', given: '<html>', want: /JSON/ },
    { name: 'a list', given: '[]', want: /JSON/ },
    { name: 'no token', given: '{"token":"t"}', want: /access_token/ },
    { name: 'an empty token', given: '{"access_token":""}', want: /access_token/ },
    { name: 'a list of tokens', given: '{"access_token":["t"]}', want: /access_token/ },
    { name: 'another type', given: '{"access_token":"t","token_type":"mac"}', want: /type mac, not Bearer/ },
    {
      name: 'a token as its type',
      given: '{"access_token":"t","token_type":"secretsecretsecret"}',
      want: /type string,/,
    },
  ]
  test.each(faults)('has none: $name', ({ given, want }) => {
    expect(readToken(given)).toEqual({ fault: expect.stringMatching(want) })
  })

  test('has the OAuth error code where it is an error', () => {
    expect(readToken('{"error":"invalid_client","access_token":"t"}')).toMatchObject({ error: 'invalid_client' })
  })
})
