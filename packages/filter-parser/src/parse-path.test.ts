import { userResource } from '@scimkit/core/schema'
import { describe, expect, it } from 'vitest'
import {
  attributesOf,
  FilterSyntaxError,
  f,
  filterFor,
  mapFilter,
  parseFilter,
  parsePath,
  stringifyFilter,
  stringifyPath,
} from './index.js'

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
  it('reads lenient brackets when told to', () => {
    expect(() => parsePath('members[value eq"x"]')).toThrow(FilterSyntaxError)
    expect(stringifyPath(parsePath(' members [value eq"x"] ', { lenient: true }))).toBe('members[value eq "x"]')
  })
})

describe('the builder f', () => {
  it('builds what the parser reads', () => {
    const built = f.and(
      f.eq('a', 1),
      f.or(f.ne('a', null), f.co('b.c', 'x'), f.sw('b', 'x'), f.ew('b', 'x')),
      f.not(f.pr('urn:x:y:z')),
      f.gt('a', -0),
      f.ge('a', 1),
      f.lt('a', 1),
      f.le('a', 1),
    )
    expect(built).toEqual(
      parseFilter(
        'a eq 1 and (a ne null or b.c co "x" or b sw "x" or b ew "x") and not(urn:x:y:z pr) and a gt 0 and a ge 1 and a lt 1 and a le 1',
      ),
    )
    expect(f.where('emails', (email) => email.and(email.eq('type', 'work'), email.not(email.pr('value'))))).toEqual(
      parseFilter('emails[type eq "work" and not(value pr)]'),
    )
    expect(f.where('emails', f.eq('type', 'work'))).toEqual(parseFilter('emails[type eq "work"]'))
    expect(f.and(f.pr('a'))).toEqual(f.pr('a'))
    expect(filterFor(userResource).eq('userName', 'ada')).toEqual(f.eq('userName', 'ada'))
  })
  it('refuses what would not parse again', () => {
    expect(() => f.eq('a b', 1)).toThrow(FilterSyntaxError)
    expect(() => f.eq('emails[type pr]', 1)).toThrow(FilterSyntaxError)
    expect(() => f.eq('a', Number.POSITIVE_INFINITY)).toThrow(TypeError)
    expect(() => f.eq('a', {} as unknown as null)).toThrow(TypeError) // untyped callers may do so
    expect(() => f.and()).toThrow(TypeError)
    expect(() => f.or()).toThrow(TypeError)
    expect(() => f.where('a.b', f.pr('c'))).toThrow(TypeError)
    expect(() => f.where('a', f.pr('b.c'))).toThrow(TypeError)
    expect(() => f.where('a', f.not(f.or(f.pr('b'), f.pr('urn:x:c'))))).toThrow(TypeError)
    expect(() => f.where('a', f.where('b', f.pr('c')))).toThrow(TypeError)
    expect(() => stringifyFilter({ kind: 'and', filters: [] })).toThrow(TypeError)
    expect(() => stringifyFilter({ kind: 'nand' } as never)).toThrow(TypeError)
    expect(stringifyFilter({ kind: 'or', filters: [f.pr('a')] })).toBe('a pr')
  })
})

describe('walking', () => {
  it('attributesOf lists every attribute once', () => {
    expect(
      attributesOf(
        parseFilter('a pr and (b.c eq 1 or not(A pr)) and emails[type pr or value pr] and urn:x:y:z pr'),
      ).map(stringifyPath),
    ).toEqual(['a', 'b.c', 'emails.type', 'emails.value', 'urn:x:y:z'])
  })
  it('attributesOf keeps the attribute before the brackets in everything inside them', () => {
    expect(
      attributesOf(parseFilter('emails[not(type pr) and (value pr or not(primary pr))]')).map(stringifyPath),
    ).toEqual(['emails.type', 'emails.value', 'emails.primary'])
  })
  it('mapFilter changes from the leaves upward and keeps what stays the same', () => {
    const given = parseFilter('a pr and (b pr or not(c pr)) and d[e pr]')
    expect(mapFilter(given, (node) => node)).toBe(given)
    const changed = mapFilter(given, (node) => (node.kind === 'present' ? f.eq(node.path.name, 1) : node))
    expect(stringifyFilter(changed)).toBe('a eq 1 and (b eq 1 or not(c eq 1)) and d[e eq 1]')
    expect(Object.isFrozen(changed)).toBe(true)
  })
})
