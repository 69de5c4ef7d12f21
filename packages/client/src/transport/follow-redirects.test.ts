import { describe, expect, test } from 'vitest'
import { findRedirect, wasNeverSent } from './follow-redirects.js'

const url = 'https://scim.test/v2/Users/1'

/** The parts of a response that redirections depend on. */
const answered = (status: number, location?: string) => ({
  status,
  type: 'basic' as const,
  redirected: false,
  headers: new Headers(location === undefined ? {} : { location }),
})

describe('a response', () => {
  test.each([200, 201, 204, 299, 400, 404, 500])('with status %i is not a redirection', (status) => {
    expect(findRedirect(answered(status, 'https://elsewhere.test/'), url, 0)).toBeUndefined()
  })

  const followed = [
    { name: '307 with a path', given: answered(307, '/v2/Users/2'), want: 'https://scim.test/v2/Users/2' },
    { name: '308 with a URL', given: answered(308, 'https://scim.test/x'), want: 'https://scim.test/x' },
    { name: '308 with a neighbour', given: answered(308, '2?a=b'), want: 'https://scim.test/v2/Users/2?a=b' },
    { name: '307 to the default port', given: answered(307, 'https://scim.test:443/x'), want: 'https://scim.test/x' },
  ]
  test.each(followed)('leads within its origin: $name', ({ given, want }) => {
    expect(findRedirect(given, url, 0)).toEqual({ next: want })
  })

  const refused = [
    { name: '301', given: answered(301, '/v2/Users/2'), want: 'is a redirection that cannot be followed' },
    { name: '302', given: answered(302, '/v2/Users/2'), want: 'is a redirection that cannot be followed' },
    { name: '303', given: answered(303, '/v2/Users/2'), want: 'is a redirection that cannot be followed' },
    { name: '304', given: answered(304), want: 'is a redirection that cannot be followed' },
    { name: '399', given: answered(399), want: 'is a redirection that cannot be followed' },
    { name: '307 without Location', given: answered(307), want: 'is a redirection that cannot be followed' },
    { name: '307 to nonsense', given: answered(307, 'http://['), want: 'is a redirection that cannot be followed' },
    { name: '307 to another host', given: answered(307, '//b.test/'), want: 'is a redirection to another origin' },
    { name: '308 without TLS', given: answered(308, 'http://scim.test/'), want: 'is a redirection to another origin' },
    { name: '308 to a port', given: answered(308, 'https://scim.test:1/'), want: 'is a redirection to another origin' },
    {
      name: 'an opaque one',
      given: { ...answered(0), type: 'opaqueredirect' as const },
      want: 'is a redirection that cannot be followed',
    },
  ]
  test.each(refused)('is refused: $name', ({ given, want }) => {
    expect(findRedirect(given, url, 0)).toEqual({ fault: want, status: given.status })
  })

  test('that fetch has reached by a redirection is refused as one that was worked on', () => {
    const want = { fault: 'came from a redirection that fetch followed by itself', status: 303 }
    expect(findRedirect({ ...answered(200), redirected: true }, url, 0)).toEqual(want)
  })

  test('leads on five times, and no more', () => {
    const given = answered(307, '/x')
    expect(findRedirect(given, url, 4)).toEqual({ next: 'https://scim.test/x' })
    expect(findRedirect(given, url, 5)).toEqual({ fault: 'is one redirection after another', status: 307 })
  })
})

describe('a failure of fetch', () => {
  const failed = (cause: unknown) => new TypeError('fetch failed', { cause })
  const code = (name: string) => failed(Object.assign(new Error('x'), { code: name }))
  const table = [
    { name: 'no host', given: code('ENOTFOUND'), want: true },
    { name: 'name server out of reach', given: code('EAI_AGAIN'), want: true },
    { name: 'connection refused', given: code('ECONNREFUSED'), want: true },
    { name: 'no connection in time', given: code('UND_ERR_CONNECT_TIMEOUT'), want: true },
    { name: 'certificate has expired', given: code('CERT_HAS_EXPIRED'), want: true },
    { name: 'certificate of its own', given: code('DEPTH_ZERO_SELF_SIGNED_CERT'), want: true },
    { name: 'leaf not verified', given: code('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), want: true },
    {
      name: 'TLS broke off',
      given: failed(new Error('Client network socket disconnected before secure TLS connection was established')),
      want: true,
    },
    { name: 'nothing written', given: failed({ code: 'UND_ERR_SOCKET', socket: { bytesWritten: 0 } }), want: true },
    { name: 'something written', given: failed({ code: 'UND_ERR_SOCKET', socket: { bytesWritten: 9 } }), want: false },
    { name: 'reset', given: code('ECONNRESET'), want: false },
    { name: 'broken pipe', given: code('EPIPE'), want: false },
    { name: 'a code that only contains another', given: code('XECONNREFUSED'), want: false },
    { name: 'no cause', given: failed(undefined), want: false },
    { name: 'a cause of text', given: failed('ECONNREFUSED'), want: false },
    { name: 'a cause of null', given: failed(null), want: false },
  ]
  test.each(table)('says whether anything was sent: $name', ({ given, want }) => {
    expect(wasNeverSent(given)).toBe(want)
  })
})
