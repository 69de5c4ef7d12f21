import { describe, expect, it } from 'vitest'
import { FilterSyntaxError } from './filter-syntax-error.js'
import { parsePath } from './parse-path.js'
import { stringifyPath } from './stringify.js'

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

describe('parsePath', () => {
  it.each([
    ['members', { name: 'members' }],
    ['name.familyName', { name: 'name', subAttribute: 'familyName' }],
    ['emails[type pr]', { name: 'emails', filter: { kind: 'present', path: { name: 'type' } } }],
    [
      'emails[type pr].value',
      { name: 'emails', filter: { kind: 'present', path: { name: 'type' } }, subAttribute: 'value' },
    ],
    [enterprise, { urn: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0', name: 'User' }],
    [`${enterprise}:manager.value`, { urn: enterprise, name: 'manager', subAttribute: 'value' }],
  ])('PA-4 reads and writes %s', (text, want) => {
    expect(parsePath(text)).toEqual(want)
    expect(stringifyPath(parsePath(text))).toBe(text)
    expect(Object.isFrozen(parsePath(text))).toBe(true)
  })
  it.each([
    ['', 0, 'invalidPath'],
    ['name.', 5, 'invalidPath'],
    ['a[b pr]x', 7, 'invalidPath'],
    ['a[b pr].', 8, 'invalidPath'],
    ['a.b[c pr]', 3, 'invalidPath'],
    ['a[', 2, 'invalidFilter'],
    ['a[b xx 1]', 4, 'invalidFilter'],
    ['a[b pr', 6, 'invalidFilter'],
  ])('PA-4 refuses %j at %i with %s', (text, position, scimType) => {
    expect(() => parsePath(text)).toThrow(expect.objectContaining({ position, scimType }))
  })
  it('reads lenient brackets on request', () => {
    expect(() => parsePath('members[value eq"x"]')).toThrow(FilterSyntaxError)
    expect(stringifyPath(parsePath(' members [value eq"x"] ', { lenient: true }))).toBe('members[value eq "x"]')
  })
})
