import { expect, test } from 'vitest'
import { readBaseUrl } from '../api/read-base-url.js'
import { buildQuery } from './build-query.js'
import { resourcePath } from './resource-path.js'

test('a query encodes blanks, pluses and everything else, and keeps the commas of lists', () => {
  const filter = 'phoneNumbers.value eq "+44 1&2#3" and title eq "é"'
  const query = buildQuery({ filter, attributes: ['userName', 'emails.value'], count: 5, cursor: '' })
  expect(query).not.toMatch(/[ +]/)
  expect(query).toContain('attributes=userName,emails.value')
  const read = new URLSearchParams(query)
  expect(Object.fromEntries(read)).toEqual({ filter, attributes: 'userName,emails.value', count: '5', cursor: '' })
})

test('a query leaves out what is not given, and refuses both projections at once', () => {
  expect(buildQuery({ attributes: [], filter: undefined })).toBe('')
  expect(() => buildQuery({ attributes: ['a'], excludedAttributes: ['b'] })).toThrow(TypeError)
})

test('an id is one segment, whatever characters it has', () => {
  expect(resourcePath('/Users', 'a/b?c#d%2e é')).toBe('/Users/a%2Fb%3Fc%23d%252e%20%C3%A9')
  expect(resourcePath('/Users', '...')).toBe('/Users/...')
  for (const id of ['', '.', '..', '\ud800', 5 as unknown as string]) {
    expect(() => resourcePath('/Users', id)).toThrow(TypeError)
  }
})

test('an address is https, or http on loopback', () => {
  expect(readBaseUrl('https://scim.test/v2/', false)).toBe('https://scim.test/v2')
  expect(readBaseUrl('https://scim.test', false)).toBe('https://scim.test')
  for (const host of ['localhost', 'app.localhost', '127.0.0.1:8080', '127.1.2.3', '[::1]:80']) {
    expect(readBaseUrl(`http://${host}/v2`, false)).toMatch(/^http:/)
  }
  for (const host of ['scim.test', '127.0.0.1.evil.test', 'localhost.evil.test', '10.0.0.1', '[::2]', '0.0.0.0']) {
    expect(() => readBaseUrl(`http://${host}/v2`, false)).toThrow(TypeError)
    expect(readBaseUrl(`http://${host}/v2`, true)).toMatch(/^http:/)
  }
  for (const text of [
    '',
    '/scim',
    'ftp://scim.test',
    'https://a:b@scim.test',
    'https://scim.test?x=1',
    'https://scim.test#x',
  ]) {
    expect(() => readBaseUrl(text, true)).toThrow(TypeError)
  }
})
