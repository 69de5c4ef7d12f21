import { describe, expect, test } from 'vitest'
import { idOfLocation, resourcePath } from './resource-path.js'

describe('the path of a resource', () => {
  const table = [
    { id: 'a-1_B', want: '/Users/a-1_B' },
    { id: 'a/b', want: '/Users/a%2Fb' },
    { id: '../x', want: '/Users/..%2Fx' },
    { id: 'a b?c#d', want: '/Users/a%20b%3Fc%23d' },
    { id: 'é', want: '/Users/%C3%A9' },
    { id: '...', want: '/Users/...' },
    { id: '%2e', want: '/Users/%252e' },
  ]
  test.each(table)('holds the id $id as one segment, and gives it back', ({ id, want }) => {
    expect(resourcePath('/Users', id)).toBe(want)
    expect(idOfLocation(`https://scim.test/v2${want}`)).toBe(id)
  })

  test.each(['', '.', '..', '\ud800', 'a\udc00b', 7, undefined])('does not exist for the id %j', (id) => {
    expect(() => resourcePath('/Users', id as string)).toThrow(TypeError)
  })
})

describe('the id in a location', () => {
  const table = [
    { location: 'https://elsewhere.test/v2/Users/7', want: '7' },
    { location: '/Users/7/', want: '7' },
    { location: '/Users/7?attributes=id/x', want: '7' },
    { location: '/Users/7#a/b', want: '7' },
    { location: '7', want: '7' },
    { location: '/Users/a%2Fb', want: 'a/b' },
    { location: '/Users/%', want: undefined },
    { location: '', want: undefined },
    { location: '//', want: undefined },
  ]
  test.each(table)('of $location is $want', ({ location, want }) => {
    expect(idOfLocation(location)).toBe(want)
  })
})
