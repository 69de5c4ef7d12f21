import { groupResource, userResource } from '@scimkit/core/schema'
import { parseFilter } from '@scimkit/filter-parser'
import { describe, expect, it } from 'vitest'
import { testType } from '../../test/test-store.js'
import { unknownType } from '../indexes/served-type.js'
import { isUnique, planCandidates } from './plan-candidates.js'

const users = testType(userResource, ['title', 'active'])
const groups = testType(groupResource)

/** Shows a plan with the path of its attribute alone. */
function plan(filter: string, type = users): unknown {
  return show(planCandidates(parseFilter(filter), type))
}

function show(candidates: ReturnType<typeof planCandidates>): unknown {
  if (!candidates) return undefined
  if (candidates.kind === 'union') return { ...candidates, parts: candidates.parts.map(show) }
  return 'attribute' in candidates && typeof candidates.attribute === 'object'
    ? { ...candidates, attribute: candidates.attribute.path }
    : candidates
}

const userName = (value: string) => ({ kind: 'equal', attribute: 'userName', value, exact: true, rank: 1 })
const title = (value: string) => ({ kind: 'equal', attribute: 'title', value, exact: true, rank: 2 })
const prefix = (attribute: string, from: string, to: string) => ({
  kind: 'prefix',
  attribute,
  from,
  to,
  exact: false,
  rank: 4,
})
const modified = (from: string, to: string, rank = 5) => ({ kind: 'modified', from, to, exact: false, rank })
const noon = '2026-11-24T12:00:00Z'
const [before, after] = ['2026-11-24T11:59:59.999Z', '2026-11-24T12:00:00.001Z']
const last = '\u{10ffff}'

describe('planCandidates', () => {
  it.each([
    { given: 'id eq "A"', want: { kind: 'id', id: 'A', exact: true, rank: 0 } },
    { given: 'id ne "A"', want: undefined },
    { given: 'id sw "A"', want: undefined },
    { given: 'id eq null', want: undefined },
    { given: 'userName eq "ADA"', want: userName('ada') },
    { given: 'urn:ietf:params:scim:schemas:core:2.0:User:userName eq "Ada"', want: userName('ada') },
    { given: 'userName ne "ada"', want: undefined },
    { given: 'userName co "ada"', want: undefined },
    { given: 'userName gt "ada"', want: undefined },
    { given: 'userName eq null', want: undefined },
    { given: 'userName eq 1', want: undefined },
    { given: 'userName eq true', want: undefined },
    { given: 'userName pr', want: undefined },
    { given: 'not (userName eq "ada")', want: undefined },
    { given: 'title eq "Dr."', want: title('dr.') },
    { given: 'nickName eq "ada"', want: undefined },
    { given: 'shoeSize eq "44"', want: undefined },
    { given: 'externalId eq "X"', want: { ...title('X'), attribute: 'externalId' } },
    { given: 'active eq true', want: { ...title('true'), attribute: 'active' } },
    { given: 'active eq "true"', want: undefined },
    { given: 'active eq 1', want: undefined },
    { given: 'active sw "t"', want: undefined },
    { given: 'emails eq "A@x"', want: { ...title('a@x'), attribute: 'emails.value' } },
    { given: 'emails.value eq "A@x"', want: { ...title('a@x'), attribute: 'emails.value' } },
    { given: 'emails.type eq "work"', want: undefined },
    { given: 'emails[value eq "a@x"]', want: { ...title('a@x'), attribute: 'emails.value' } },
    {
      given: 'emails[type eq "work" and value eq "a@x"]',
      want: { ...title('a@x'), attribute: 'emails.value', exact: false },
    },
    { given: 'emails[value eq "a@x" or value eq "b@x"]', want: undefined },
    { given: 'emails[not (value eq "a@x")]', want: undefined },
    { given: 'emails[type pr and value pr]', want: undefined },
    { given: 'emails[type pr and value eq "a@x"]', want: { ...title('a@x'), attribute: 'emails.value', exact: false } },
  ])('finds equal values: $given', ({ given, want }) => {
    expect(plan(given)).toEqual(want)
  })

  it.each([
    { given: 'userName sw "Ab"', want: prefix('userName', 'ab', 'ac') },
    { given: 'title sw "Ab"', want: prefix('title', 'ab', 'ac') },
    { given: 'title sw ""', want: undefined },
    { given: 'title sw 1', want: undefined },
    { given: 'title sw null', want: undefined },
    { given: 'title ew "a"', want: undefined },
    { given: 'title sw "a\ud7ff"', want: prefix('title', 'a\ud7ff', 'a\ue000') },
    { given: 'title sw "a\ud7fe"', want: prefix('title', 'a\ud7fe', 'a\ud7ff') },
    { given: 'title sw "\u{10ffff}"', want: undefined },
    { given: 'title sw "\u{10fffe}"', want: prefix('title', '\u{10fffe}', '\u{10ffff}') },
    { given: 'title sw "a\\ud83d"', want: undefined },
    { given: 'title sw "a\\u0000"', want: undefined },
    { given: 'title sw "\ud83d\ude00"', want: prefix('title', '\ud83d\ude00', '\ud83d\ude01') },
  ])('finds values by their beginning: $given', ({ given, want }) => {
    expect(plan(given)).toEqual(want)
  })

  it.each([
    { given: `meta.lastModified eq "${noon}"`, want: modified(before, after, 3) },
    { given: `meta.lastModified gt "${noon}"`, want: modified(before, last) },
    { given: `meta.lastModified ge "${noon}"`, want: modified(before, last) },
    { given: `meta.lastModified lt "${noon}"`, want: modified('', after) },
    { given: `meta.lastModified le "${noon}"`, want: modified('', after) },
    { given: 'meta.lastModified ge "2026-11-24T12:00:00.0009999+00:00"', want: modified(before, last) },
    { given: 'meta.lastModified ge "2026-11-24T13:00:00+01:00"', want: modified(before, last) },
    { given: `meta.lastModified ne "${noon}"`, want: undefined },
    { given: `meta.lastModified sw "${noon}"`, want: undefined },
    { given: 'meta.lastModified gt "soon"', want: undefined },
    { given: 'meta.lastModified gt 1', want: undefined },
    { given: `meta.created gt "${noon}"`, want: undefined },
  ])('finds times of a change: $given', ({ given, want }) => {
    expect(plan(given)).toEqual(want)
  })

  it.each([
    { given: 'members.value eq "u"', type: groups, want: { attribute: 'members', id: 'u' } },
    { given: 'members eq "u"', type: groups, want: { attribute: 'members', id: 'u' } },
    { given: 'members[value eq "u"]', type: groups, want: { attribute: 'members', id: 'u' } },
    { given: 'groups.value eq "g"', type: users, want: { attribute: 'groups', id: 'g' } },
    { given: 'groups eq "g"', type: users, want: { attribute: 'groups', id: 'g' } },
    { given: 'members.value ne "u"', type: groups, want: undefined },
    { given: 'members.value eq null', type: groups, want: undefined },
    { given: 'members.display eq "u"', type: groups, want: undefined },
    { given: 'groups.display eq "g"', type: users, want: undefined },
  ])('finds members and groups: $given', ({ given, type, want }) => {
    expect(plan(given, type)).toEqual(want && { kind: 'related', exact: true, rank: 3, ...want })
  })

  it.each([
    { given: 'title eq "x" and userName eq "a"', want: { ...userName('a'), exact: false } },
    { given: 'userName eq "a" and title eq "x"', want: { ...userName('a'), exact: false } },
    { given: 'title sw "x" and title eq "y"', want: { ...title('y'), exact: false } },
    { given: `title sw "x" and meta.lastModified gt "${noon}"`, want: prefix('title', 'x', 'y') },
    { given: 'title eq "x" and emails.value eq "y"', want: { ...title('x'), exact: false } },
    { given: 'nickName pr and userName eq "a"', want: { ...userName('a'), exact: false } },
    { given: 'userName eq "a" and nickName pr', want: { ...userName('a'), exact: false } },
    { given: 'nickName pr and title pr', want: undefined },
  ])('takes the narrowest term of an and: $given', ({ given, want }) => {
    expect(plan(given)).toEqual(want)
  })

  it('unites the terms of an or, as exact and as narrow as the worst of them', () => {
    const parts = [userName('a'), title('x')]
    expect(plan('userName eq "a" or title eq "x"')).toEqual({ kind: 'union', parts, exact: true, rank: 2 })
    const inexact = [prefix('title', 'x', 'y'), userName('a')]
    expect(plan('title sw "x" or userName eq "a"')).toEqual({ kind: 'union', parts: inexact, exact: false, rank: 4 })
    expect(plan('userName eq "a" or nickName eq "x"')).toBeUndefined()
    expect(plan('nickName eq "x" or userName eq "a"')).toBeUndefined()
  })

  it('finds nothing for a type that is not served', () => {
    expect(plan('userName eq "a"', unknownType)).toBeUndefined()
    expect(plan('id eq "a"', unknownType)).toBeUndefined()
  })
})

describe('isUnique', () => {
  it.each([
    { given: 'id eq "a"', want: true },
    { given: 'userName eq "a"', want: true },
    { given: 'title eq "a"', want: false },
    { given: 'userName sw "a"', want: false },
    { given: 'groups.value eq "g"', want: false },
    { given: 'userName eq "a" and nickName pr', want: false },
    { given: 'id eq "a" and nickName pr', want: false },
    { given: 'userName eq "a" or userName eq "b"', want: false },
  ])('$given: $want', ({ given, want }) => {
    const candidates = planCandidates(parseFilter(given), users)
    expect(candidates && isUnique(candidates)).toBe(want)
  })
})
