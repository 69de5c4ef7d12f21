import { describe, expect, test } from 'vitest'
import { readBaseUrl } from './read-base-url.js'

describe('the base URL', () => {
  const table = [
    { given: 'https://scim.test/v2', want: 'https://scim.test/v2' },
    { given: 'https://scim.test/v2///', want: 'https://scim.test/v2' },
    { given: 'https://scim.test', want: 'https://scim.test' },
    { given: 'HTTPS://SCIM.test:443/v2', want: 'https://scim.test/v2' },
    { given: 'http://localhost:8080/v2', want: 'http://localhost:8080/v2' },
    { given: 'http://a.localhost/v2', want: 'http://a.localhost/v2' },
    { given: 'http://127.1.2.3/v2', want: 'http://127.1.2.3/v2' },
    { given: 'http://[::1]:80/v2', want: 'http://[::1]/v2' },
  ]
  test.each(table)('$given is read as $want', ({ given, want }) => {
    expect(readBaseUrl(given, false)).toBe(want)
  })

  const wrong = [
    { given: 'http://scim.test/v2', want: 'begins with http://scim.test and allowInsecure is not true' },
    { given: 'http://localhost.scim.test/', want: 'begins with http://localhost.scim.test' },
    { given: 'http://127.0.0.1.scim.test/', want: 'begins with http://127.0.0.1.scim.test' },
    { given: 'ftp://scim.test/', want: 'begins with ftp:' },
    { given: 'https://ada:secret@scim.test/', want: 'holds credentials' },
    { given: 'https://ada@scim.test/', want: 'holds credentials' },
    { given: 'https://:secret@scim.test/', want: 'holds credentials' },
    { given: 'https://scim.test/?a=b', want: 'has a query or a fragment' },
    { given: 'https://scim.test/#a', want: 'has a query or a fragment' },
    { given: '/scim/v2', want: 'baseUrl is "/scim/v2"; give an absolute URL' },
    { given: '', want: 'baseUrl is ""; give' },
    { given: undefined, want: 'baseUrl is undefined; give' },
  ]
  test.each(wrong)('$given is refused', ({ given, want }) => {
    expect(() => readBaseUrl(given as string, false)).toThrow(want)
    expect(() => readBaseUrl(given as string, false)).not.toThrow('secret')
  })

  test('may go to other machines in the clear where the caller says so', () => {
    expect(readBaseUrl('http://scim.test/v2', true)).toBe('http://scim.test/v2')
  })

  test('is not shown where it may be a token', () => {
    const token = 'eyJhbGciOiJIUzI1NiJ9.secret'
    expect(() => readBaseUrl(token, false)).toThrow('baseUrl is not a URL; give')
    expect(() => readBaseUrl(`/${'a'.repeat(64)}`, false)).toThrow('baseUrl is not a URL; give')
  })
})
