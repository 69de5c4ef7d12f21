import { describe, expect, test } from 'vitest'
import { describeRequest, pathOf } from './sent-request.js'

describe('a request', () => {
  const url = 'https://scim.example.com:8443/v2/Users/x?filter=a'

  test('is named by method, path, status and host, without its query', () => {
    const request = { method: 'GET', path: '/Users/x?filter=a', url }
    expect(describeRequest(request, 404, 'Gone')).toBe('GET /Users/x: 404 Gone (scim.example.com:8443)')
    expect(describeRequest(request, undefined, 'Gone')).toBe('GET /Users/x: Gone (scim.example.com:8443)')
  })

  test('without a URL has no host', () => {
    expect(describeRequest({ method: 'PUT', url: '/Users/x' }, 404, 'Gone')).toBe('PUT /Users/x: 404 Gone')
  })

  const table = [
    { name: 'below the base URL', given: { path: '/Users/1', url }, want: '/Users/1' },
    { name: 'of the URL where it is all there is', given: { url }, want: '/v2/Users/x' },
    { name: 'without an e-mail address', given: { path: '/Users/ada@example.com/x', url }, want: '/Users/…/x' },
    { name: 'without an encoded one', given: { path: '/Users/ada%40example.com', url }, want: '/Users/…' },
    { name: 'empty', given: { path: '?a=b', url }, want: '' },
  ]
  test.each(table)('has a path $name', ({ given, want }) => {
    expect(pathOf(given)).toBe(want)
  })
})
