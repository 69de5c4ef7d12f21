import { defineResource, defineSchema, type ResourceDefinition, ScimError } from '@scimkit/core/schema'
import { compareBy, compileFilter, f, parseFilter } from '@scimkit/filter-parser'
import { toSql, UntranslatableFilterError } from '@scimkit/filter-parser/sql'
import { describe, expect, it } from 'vitest'
import { badgeUrn, thingResource } from './thing-resource.js'

const odd: ResourceDefinition = defineResource<unknown, unknown, unknown>({
  name: 'Odd',
  endpoint: '/Odds',
  describe: () => Promise.reject(new Error('no document')),
  schema: defineSchema({
    id: 'urn:example:odd',
    name: 'Odd',
    attributes: [
      { name: 'constructor' },
      { name: 'secret', type: 'complex', returned: 'never', subAttributes: [{ name: 'value' }] },
      { name: 'hollow', type: 'complex' },
      { name: 'link', type: 'reference' },
      { name: 'page', type: 'reference', referenceTypes: ['uri'] },
      { name: 'hidden', type: 'complex', subAttributes: [{ name: 'value', returned: 'never' }] },
      { name: 'rows', type: 'complex', multiValued: true, subAttributes: [{ name: 'tags', multiValued: true }] },
    ],
  }),
})
const test = (text: string, resource: object, definition = odd) =>
  compileFilter(parseFilter(text), definition)(resource)

describe('compileFilter at its corners', () => {
  it('an attribute may have the name of something that objects inherit', () => {
    expect(test('constructor pr', {})).toBe(false)
    expect(test('constructor eq "x"', { constructor: 'X' })).toBe(true)
    expect(test('constructor eq "x"', Object.create({ constructor: 'X' }))).toBe(false)
    expect(compileFilter(parseFilter('constructor pr'))({})).toBe(false)
  })
  it('nothing inside an attribute that is never returned can be asked', () => {
    expect(() => compileFilter(parseFilter('secret[value eq "x"]'), odd)).toThrow(ScimError)
    expect(() => compileFilter(parseFilter('secret[value eq "x"]'), odd)).toThrow('secret is never returned; only pr')
    for (const name of ['secret', 'hidden']) {
      const target = odd.index.get(name)
      if (!target) throw new Error('not defined')
      expect(() => compareBy(target)).toThrow('value is never returned, so no order may depend on it')
    }
  })
  it('a dateTime of more than 64 characters is not an instant, so that no stored one makes filters slow', () => {
    const at = (digits: number) => ({ at: `2020-01-01T00:00:00.${'0'.repeat(digits - 1)}1Z` })
    const later = [43, 44, 30_000].map((digits) => test('at gt "2020-01-01T00:00:00Z"', at(digits), thingResource))
    expect(later).toEqual([true, false, false])
    expect(test('at ge "2020-01-01T00:00:00.1000Z"', { at: '2020-01-01T00:00:00.100Z' }, thingResource)).toBe(true)
    expect(() => test(`at gt "${at(44).at}"`, {}, thingResource)).toThrow('at must be compared with a dateTime')
  })
  it('a sub-attribute may be a list', () => {
    expect(test('rows[tags eq "b"]', { rows: [{ tags: ['a', 'B'] }] })).toBe(true)
    expect(test('rows[tags ne "b"]', { rows: [{ tags: [] }] })).toBe(true)
    expect(test('rows[tags eq "b"]', { rows: [{ tags: [] }, {}] })).toBe(false)
  })
  it('a reference without types is compared as it is', () => {
    expect(test('link eq "/v2/a"', { link: '/a' })).toBe(false)
    expect(test('page eq "/v2/a"', { page: '/a' })).toBe(false)
  })
  it('no brackets can follow a sub-attribute', () => {
    const filter = { kind: 'valuePath', path: { name: 'rows', subAttribute: 'tags' }, filter: f.pr('value') } as const
    expect(() => compileFilter(filter, odd)).toThrow('rows.tags has no elements, so no brackets can follow it')
  })
  it.each([
    ['at gt "2026-01-01T00:00:00Z"', '2026-01-01T00:00:00.0000001Z', true],
    ['at gt "2026-01-01T00:00:00Z"', '2026-01-01T00:00:00Z', false],
    ['at lt "2026-01-01T00:00:00Z"', '2025-12-31T23:59:59Z', true],
    ['at eq "2026-01-01T00:00:00Z"', '2026-01-01T00:00:00+00:00', true],
    ['at lt "2026-01-01T00:00:00Z"', 'yesterday and the day before', false],
    ['at lt "2026-01-01T00:00:00Z"', 5, false],
    ['at eq "2026-01-01T00:00:00Z"', '9999-12-31T23:59:59-14:00', false],
  ])('%s of %s is %s', (text, at, want) => {
    expect(test(text, { at }, thingResource)).toBe(want)
    expect(compileFilter(parseFilter(text))({ at })).toBe(want)
  })
  it('text that is not a dateTime is compared as text where no type is known', () => {
    expect(compileFilter(parseFilter('a gt "2026-01-01T00:00:00Z"'))({ a: 'x' })).toBe(true)
  })
  it('values that are not what their attribute says have no members', () => {
    const untyped = (text: string, resource: object) => compileFilter(parseFilter(text))(resource)
    expect(untyped('a.b ne "x" and a.b eq null', { a: 'text' })).toBe(true)
    expect(untyped('a[b pr]', { a: 'text' })).toBe(false)
    expect(untyped('urn:x:a:b.c eq 1', { 'urn:x:a': { b: { c: 1 } } })).toBe(true)
    expect(test('owner.value eq "x"', { owner: 'x' }, thingResource)).toBe(false)
  })
  it('numbers are sorted by size', () => {
    const count = thingResource.index.get('count')
    const ratio = thingResource.index.get('ratio')
    if (!count || !ratio) throw new Error('not defined')
    expect([{ count: 10 }, { count: 'x' }, { count: 9 }].sort(compareBy(count))).toEqual([
      { count: 9 },
      { count: 10 },
      { count: 'x' },
    ])
    expect([{ ratio: 1 }, { ratio: 0.5 }].sort(compareBy(ratio))).toEqual([{ ratio: 0.5 }, { ratio: 1 }])
  })
  it('a word that begins like or is not an operator', () => {
    expect(() => parseFilter('a pr of b')).toThrow()
    expect(parseFilter('urn:example:v1.2.3 pr', { schemas: ['urn:example:v1.2.3'] })).toMatchObject({
      path: { subAttribute: '2.3' },
    })
    expect(parseFilter('urn:example:1 pr', { schemas: ['URN:example:1'] })).toEqual({
      kind: 'present',
      path: { urn: 'urn:example', name: '1' },
    })
  })
})

describe('toSql at its corners', () => {
  const sqlite = (text: string, columns: object, definition?: ResourceDefinition) =>
    toSql(parseFilter(text), { dialect: 'sqlite', columns: columns as never, definition }) // any shape
  it('brackets hold attributes that no schema has', () => {
    expect(
      sqlite('emails[foo pr or foo ne "x"]', { emails: { table: 't', on: '1 = 1', columns: {} } }, thingResource).text,
    ).toContain('(1 = 0 OR 1 = 1)')
  })
  it.each([
    ['emails[type eq "x"]', {}],
    ['hollow pr', {}],
    ['tags eq "x"', { tags: { json: 'j', members: {} } }],
    ['a co "x"', { a: { sql: 'a', type: 'dateTime' } }],
    ['a gt "x"', { a: { sql: 'a', type: 'dateTime' } }],
    ['groups[value eq "x"]', { groups: () => undefined }],
  ])('%s has no SQL without its columns', (text, columns) => {
    expect(() => sqlite(text, columns, text.startsWith('hollow') ? odd : undefined)).toThrow(UntranslatableFilterError)
  })
  it('a boolean has no order', () => {
    expect(() => toSql(f.gt('a', true as never), { dialect: 'sqlite', columns: { a: 'a' } })).toThrow(
      UntranslatableFilterError,
    )
  })
  it('a sub-attribute without a definition has a column of its own', () => {
    expect(
      sqlite('a.b eq "x" and urn:x:y:c pr', { 'a.b': 't.ab', 'urn:x:y:c': { sql: 't.c', type: 'string' } }),
    ).toEqual({ text: "(t.ab = ? AND t.c <> '')", params: ['x'] })
    expect(sqlite(`${badgeUrn}:level gt 1`, { [`${badgeUrn}:level`]: 'level' }, thingResource).params).toEqual([1])
  })
  it('an error may be about a term without path', () => {
    expect(new UntranslatableFilterError(f.not(f.pr('a')), 'no reason').message).toBe('no reason')
  })
})
