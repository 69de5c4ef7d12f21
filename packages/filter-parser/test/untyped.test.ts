import { compileFilter, parseFilter } from '@scimkit/filter-parser'
import { describe, expect, it } from 'vitest'
import { badgeUrn, thingResource } from './thing-resource.js'

const untyped = (text: string, resource: object) => compileFilter(parseFilter(text))(resource)
const typed = (text: string, resource: object) => compileFilter(parseFilter(text), thingResource)(resource)

describe('compileFilter without a definition', () => {
  it.each([
    ['a ne null', { a: ['', 'x'] }, true],
    ['a ne null', { a: [''] }, false],
    ['a ne "x"', { a: ['x'] }, false],
    ['a ne "x"', { a: ['x', 'y'] }, true],
    ['a ne "x"', { a: [] }, true],
    ['a ne 1', { a: 1 }, false],
    ['a ne "2026-01-01T00:00:00Z"', { a: '2026-01-01T01:00:00+01:00' }, false],
    ['a eq "x"', { a: null }, false],
    ['a eq "x"', { a: { value: 'X' } }, true],
    ['a eq "x"', { a: { other: 'X' } }, false],
    ['a gt true', { a: true }, false],
    ['a ge true', { a: true }, false],
    ['a lt true', { a: 0 }, false],
    ['a co 1', { a: 1 }, false],
    ['a sw 1', { a: 1 }, false],
    ['a ew 1', { a: 1 }, false],
    ['a co 1', { a: 11 }, false],
    ['a gt 1', { a: '2' }, false],
    ['a lt 1', { a: '0' }, false],
    ['a ge 0', { a: false }, false],
    ['a co "2026-01-01T00:00:00Z"', { a: 'x 2026-01-01T00:00:00Z x' }, true],
    ['a sw "2026-01-01T00:00:00Z"', { a: '2026-01-01T00:00:00Z x' }, true],
    ['a ew "2026-01-01T00:00:00Z"', { a: 'x 2026-01-01T00:00:00Z' }, true],
    ['a co "2026-01-01T00:00:00Z"', { a: '2026-01-01T01:00:00+01:00' }, false],
    ['a sw "2026-01-01T00:00:00Z"', { a: '2026-01-01T01:00:00+01:00' }, false],
    ['a ew "2026-01-01T00:00:00Z"', { a: '2026-01-01T01:00:00+01:00' }, false],
    ['a eq "2026-01-01T00:00:00Z"', { a: '2026-01-02T00:00:00Z' }, false],
    ['a ne true', { a: true }, false],
    ['a ne true', { a: false }, true],
    ['a.length pr', { a: 'text' }, false],
    ['a[value pr]', { a: [{ type: 'x' }] }, false],
    ['a[value pr]', { a: ['x'] }, true],
    ['urn:x:y:a.b eq 1', { 'urn:x:y:a': { b: 1 } }, true],
    ['a[value eq "x"]', { a: ['X'] }, true],
    ['a[VALUE eq "x"]', { a: ['X'] }, true],
    ['a[type eq "x"]', { a: ['X'] }, false],
    ['a[value eq "x"]', { a: [{ value: 'X' }] }, true],
    ['a.b pr', { a: 'text' }, false],
    ['a.b pr', { a: null }, false],
    ['length pr', 'text' as unknown as object, false],
    ['A pr', { a: 'x' }, true],
    ['A eq "1"', { a: '2', A: '1' }, true],
    ['urn:x:y:a pr', { 'urn:x:y': { A: 1 } }, true],
    ['urn:x:y:a pr', { a: 1 }, false],
    ['a.kinds eq "Y"', { a: { kinds: ['x', 'y'] } }, true],
    ['a.kinds eq "z"', { a: { kinds: ['x', 'y'] } }, false],
    ['a.kinds ne "y"', { a: { kinds: ['y'] } }, false],
    ['a.kinds ne "y"', { a: { kinds: ['y', 'x'] } }, true],
    ['a.kinds ne "y"', { a: { kinds: [] } }, true],
    ['a.kinds co "y"', { a: [{ kinds: [] }, { kinds: ['xyx'] }] }, true],
    ['a.kinds gt 1', { a: [{ kinds: [1] }, { kinds: [0, 2] }] }, true],
    ['a.kinds pr', { a: { kinds: [''] } }, false],
    ['not (a.kinds eq "y")', { a: { kinds: ['x', 'y'] } }, false],
    ['a eq "y"', { a: [{ value: ['x', 'y'] }] }, true],
    ['a.value eq "y"', { a: ['x', 'y'] }, true],
    ['a.VALUE ne "y"', { a: ['y'] }, false],
    ['a.value pr', { a: [{ type: 'x' }] }, false],
    ['a.display eq "y"', { a: ['x', 'y'] }, false],
    ['a[kinds eq "y"]', { a: { kinds: ['x', 'y'] } }, true],
    ['urn:ietf:params:scim:schemas:core:2.0:User:a pr', { a: 1 }, true],
  ])('%s of %j is %s', (text, resource, want) => expect(untyped(text, resource)).toBe(want))
})

it('a name with a URN is not an element, whatever it is called', () => {
  const inner = { kind: 'present', path: { urn: 'urn:x', name: 'value' } } as const
  expect(compileFilter({ kind: 'valuePath', path: { name: 'a' }, filter: inner })({ a: ['x'] })).toBe(false)
})

describe('presence', () => {
  it.each([
    [{ a: undefined }, false],
    [{ a: null }, false],
    [{ a: '' }, false],
    [{ a: [] }, false],
    [{ a: {} }, false],
    [{ a: [[], {}, '', null] }, false],
    [{ a: { b: { c: '' } } }, false],
    [{ a: { b: '', c: 'x' } }, true],
    [{ a: 0 }, true],
    [{ a: false }, true],
    [{ a: [0] }, true],
    [{ a: Object.create({ b: 'inherited' }) }, false],
  ])('of a in %j is %s', (resource, want) => {
    expect(untyped('a pr', resource)).toBe(want)
    const title = { title: resource.a }
    if (typeof resource.a !== 'object') expect(typed('title pr', title)).toBe(want)
    const person = { person: resource.a }
    if (typeof resource.a === 'object') expect(typed('person pr', person)).toBe(want)
  })
  it('of an unknown attribute is false, and its absence true', () => {
    expect(typed('nothing pr', {})).toBe(false)
    expect(typed('nothing eq null', {})).toBe(true)
    expect(typed('nothing ne null', {})).toBe(false)
    expect(typed('nothing ne "x"', {})).toBe(true)
    expect(typed('nothing eq "x"', {})).toBe(false)
    expect(typed(`${badgeUrn} pr`, { title: 'x' })).toBe(false)
    expect(typed(`${badgeUrn} pr`, { [badgeUrn]: { number: '' } })).toBe(false)
    expect(typed(`${badgeUrn} pr`, { [badgeUrn]: { number: 'x' } })).toBe(true)
  })
})

describe('values that are written in more than one way', () => {
  it.each([
    ['blob eq "A-_="', { blob: 'A+/' }, true],
    ['blob eq "A=A"', { blob: 'AA' }, false],
    ['blob eq "AA"', { blob: 'AA==' }, true],
    ['blob ne "AA"', { blob: 'AA=' }, false],
    ['peer eq "/v2/Things/1"', { peer: '/Things/1' }, true],
    ['peer eq "v2/Things/1"', { peer: 'Things/1' }, true],
    ['peer eq "/v12/Things/1"', { peer: '/v2/Things/1' }, true],
    ['peer eq "/v/Things/1"', { peer: '/Things/1' }, false],
    ['peer eq "/av2/Things/1"', { peer: '/aThings/1' }, false],
    ['peer ne "/v2/Things/1"', { peer: '/Things/1' }, false],
    ['peer sw "/v2"', { peer: '/v2/Things/1' }, true],
    ['link eq "/v2/a"', { link: '/a' }, false],
    ['link eq "/a"', { link: '/a' }, true],
    ['at eq "2026-01-01T00:00:00Z"', { at: '2026-01-01T00:00:00.000Z' }, true],
    ['at gt "2026-01-01T00:00:00.0001Z"', { at: '2026-01-01T00:00:00.000Z' }, false],
    ['at lt "2026-01-01T00:00:00.0001Z"', { at: '2026-01-01T00:00:00.000Z' }, true],
    ['at eq "2026-01-01T00:00:00.0001Z"', { at: '2026-01-01T00:00:00.0001Z' }, true],
    ['at eq "2026-01-01T00:00:00.500Z"', { at: '2026-01-01T00:00:00.5Z' }, true],
    ['at le "2026-02-28T00:00:00Z"', { at: '2026-02-30T00:00:00Z' }, false],
    ['at ge "2026-02-28T00:00:00Z"', { at: '2026-02-30T00:00:00Z' }, false],
    ['at ge "0000-01-01T00:00:00Z"', { at: '2024-02-29T00:00:00Z' }, true],
    ['at ge "0000-01-01T00:00:00Z"', { at: '2100-02-29T00:00:00Z' }, false],
    ['at ge "0000-01-01T00:00:00Z"', { at: '2026-01-01T00:00:00+15:00' }, false],
    ['at ge "0000-01-01T00:00:00Z"', { at: '2026-01-01T24:00:01Z' }, false],
    ['at ge "0000-01-01T00:00:00Z"', { at: 'x2026-01-01T00:00:00.000Z' }, false],
    ['at ge "0000-01-01T00:00:00Z"', { at: '2026-01-01T00:00:00.000Zx' }, false],
    ['at ge "0000-01-01T00:00:00Z"', { at: '2026-01-01T00:00:00.Z' }, false],
  ])('%s of %j is %s', (text, resource, want) => expect(typed(text, resource)).toBe(want))
})
