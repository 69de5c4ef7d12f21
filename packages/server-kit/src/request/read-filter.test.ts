import { stringifyFilter } from '@scimkit/filter-parser'
import { describe, expect, it } from 'vitest'
import { makeContext } from '../../test/make-context.js'
import { readFilter } from './read-filter.js'

const root = 'https://scim.example.com/scim/v2'

function read(
  text: string,
  { type = 'User' as 'User' | 'Group', compatibility = 'strict' as 'lenient' | 'strict' } = {},
) {
  const { context, notes } = makeContext({ type, compatibility })
  return { text: stringifyFilter(readFilter(context, text)), notes }
}

describe('a filter as stores receive it', () => {
  it.each([
    { given: 'userName eq "ada"', want: 'userName eq "ada"' },
    { given: 'meta.version eq "W/\\"3\\""', want: 'meta.version eq "3"' },
    { given: 'meta.version eq "3"', want: 'meta.version eq "\\"3\\""' },
    { given: `meta.location eq "${root}/Users/a%20b"`, want: 'id eq "a b"' },
    { given: `meta.location ne "${root}/Groups/1"`, want: 'id ne ""' },
    { given: `meta.location eq "${root}/Users/%"`, want: 'id eq ""' },
    { given: 'meta.location pr', want: 'id pr' },
    { given: 'externalId eq ""', want: 'id eq ""' },
    { given: 'externalId eq "x"', want: 'externalId eq "x"' },
    { given: 'not (externalId eq "" or meta.location pr)', want: 'not(id eq "" or id pr)' },
    { given: `groups[$ref eq "${root}/Groups/7"]`, want: 'groups[value eq "7"]' },
    { given: `groups.$ref eq "../v2/Groups/7"`, want: 'groups.value eq "7"' },
  ])('$given becomes $want', ({ given, want }) => {
    expect(read(given).text).toBe(want)
  })

  it.each([
    { given: 'members.$ref eq "/Users/7"', want: 'members.value eq "7"' },
    { given: 'members[$ref pr]', want: 'members[value pr]' },
    { given: 'members.$ref eq "https://other.example.com/Users/7"', want: 'members.value eq ""' },
  ])('of a group, $given becomes $want', ({ given, want }) => {
    expect(read(given, { type: 'Group' }).text).toBe(want)
  })
})

describe('a refusal', () => {
  it.each([
    { given: ' ', detail: 'filter is empty; leave the parameter out to list everything' },
    { given: 'password eq "x"', detail: 'password is never returned and can only be asked with pr' },
    { given: 'meta.location co "x"', detail: 'meta.location can be compared with eq, ne and pr' },
    { given: 'groups.$ref sw "x"', detail: 'groups.$ref can be compared with eq, ne and pr' },
  ])('of "$given" says: $detail', ({ given, detail }) => {
    expect(() => read(given)).toThrow(expect.objectContaining({ status: 400, scimType: 'invalidFilter', detail }))
  })

  it.each(['userName eq', 'userName eq "a" xor title pr', 'active gt true', 'unknown pr', '('])(
    'of "%s" is 400 invalidFilter',
    (given) => {
      expect(() => read(given)).toThrow(expect.objectContaining({ status: 400, scimType: 'invalidFilter' }))
    },
  )

  it('comes for a filter that is too long, too deep or has too many terms', () => {
    const { context } = makeContext({ limits: { maxFilterLength: 40, maxFilterDepth: 2, maxFilterTerms: 2 } })
    const refused = expect.objectContaining({ status: 400, scimType: 'invalidFilter' })
    for (const text of [`title eq "${'x'.repeat(40)}"`, '(((id pr)))', 'id pr or id pr or id pr']) {
      expect(() => readFilter(context, text)).toThrow(refused)
    }
    expect(() => readFilter(context, 'id pr or title pr')).not.toThrow()
  })
})

it('lenient reads an unknown attribute as one without a value, and notes it', () => {
  expect(read('badge eq "x"', { compatibility: 'lenient' })).toEqual({
    text: 'badge eq "x"',
    notes: ['ignoreUnknownAttributes badge'],
  })
})
