import { urns } from '@scimkit/core/schema'
import { parsePatchOp } from '@scimkit/server-kit/patch'
import { describe, expect, it } from 'vitest'
import { acme, ada, enterprise, group, patch, refusal, sales, user } from './definitions.js'

type Mode = Parameters<typeof patch>[3]

const outcome = (compatibility: Mode, ...operations: object[]) =>
  refusal(() => patch(user, ada, operations, compatibility))

describe('strict: the letter of the RFC', () => {
  const cases: { name: string; given: object; want: string }[] = [
    {
      name: 'PA-5 an unchanged readOnly attribute',
      given: { op: 'replace', path: 'id', value: 'u1' },
      want: 'mutability',
    },
    {
      name: 'PA-14 one element for a list',
      given: { op: 'replace', path: 'emails', value: { value: 'x' } },
      want: 'invalidValue',
    },
    { name: 'PA-13 one element to add', given: { op: 'add', path: 'emails', value: { value: 'x' } }, want: 'accepted' },
    {
      name: 'PA-20 a removal without a match',
      given: { op: 'remove', path: 'emails[type eq "fax"]' },
      want: 'noTarget',
    },
    {
      name: 'PA-20 an unassignment without a match',
      given: { op: 'replace', path: 'emails[type eq "fax"].value', value: null },
      want: 'noTarget',
    },
    { name: 'a removal of what is not there at all', given: { op: 'remove', path: 'phoneNumbers' }, want: 'accepted' },
    {
      name: 'EP-11 an unknown sub-attribute',
      given: { op: 'add', path: 'name', value: { colour: 'red' } },
      want: 'invalidSyntax',
    },
    {
      name: 'EP-11 an unknown attribute in a container',
      given: { op: 'add', path: enterprise, value: { colour: 'red' } },
      want: 'invalidSyntax',
    },
    {
      name: 'UN-7 an unknown URI in schemas',
      given: { op: 'add', path: 'schemas', value: ['urn:example:x'] },
      want: 'invalidSyntax',
    },
    {
      name: 'UN-7 the URI of SCIM 1.1',
      given: { op: 'add', path: 'schemas', value: ['urn:scim:schemas:core:1.0'] },
      want: 'invalidSyntax',
    },
    {
      name: 'PA-23 a string in a filter on a boolean',
      given: { op: 'remove', path: 'emails[primary eq "True"]' },
      want: 'invalidFilter',
    },
    {
      name: 'FI-4 a bare word in a filter',
      given: { op: 'remove', path: 'emails[type eq work]' },
      want: 'invalidFilter',
    },
    { name: 'FI-5 a missing space', given: { op: 'remove', path: 'emails[type eq"work"]' }, want: 'invalidFilter' },
    { name: 'PA-12 a value without path', given: { op: 'replace', value: { title: 'x' } }, want: 'accepted' },
    { name: 'PA-12 a path as a key', given: { op: 'replace', value: { 'name.givenName': 'x' } }, want: 'invalidPath' },
    {
      name: 'PA-12 a path as a key of a container',
      given: { op: 'replace', value: { [enterprise]: { 'manager.value': 'x' } } },
      want: 'invalidPath',
    },
    {
      name: 'UN-6 a container as a key',
      given: { op: 'replace', value: { [enterprise]: { department: 'x' } } },
      want: 'accepted',
    },
    {
      name: 'PA-19 an empty list and a sub-attribute',
      given: { op: 'add', path: 'phoneNumbers.value', value: '1' },
      want: 'noTarget',
    },
    {
      name: 'PA-15 an empty string for a complex attribute',
      given: { op: 'replace', path: 'manager', value: '' },
      want: 'invalidValue',
    },
    {
      name: 'PA-15 a string for a complex attribute',
      given: { op: 'replace', path: 'manager', value: 'u9' },
      want: 'invalidValue',
    },
  ]
  it.each(cases)('$name is $want', ({ given, want }) => {
    expect(outcome('strict', given)).toBe(want)
    expect(outcome('lenient', given)).toBe('accepted')
  })

  it('PA-16: the value of remove has no meaning', () => {
    const removed = patch(group, sales, [{ op: 'remove', path: 'members', value: [{ value: 'u1' }] }], 'strict')
    expect(Object.hasOwn(removed.resource, 'members')).toBe(false)
  })

  it('needs no rule for what the RFC says, so there are no notes', () => {
    const operations = [
      { op: 'add', value: { title: 'x', emails: [{ value: 'x' }] } },
      { op: 'replace', path: 'emails[type eq "work"]', value: { value: 'y' } },
      { op: 'remove', path: 'name' },
    ]
    expect(patch(user, ada, operations, 'strict').notes).toEqual([])
    expect(patch(user, ada, operations, 'lenient').notes).toEqual([])
  })
})

describe('interop: the interoperability profile of 2026', () => {
  const message = (...Operations: object[]) => ({ schemas: [urns.patchOp], Operations })

  it('every operation has a path, and each path one operation', () => {
    expect(refusal(() => parsePatchOp(message({ op: 'replace', value: { title: 'x' } }), 'interop'))).toBe(
      'invalidSyntax',
    )
    const twice = message({ op: 'remove', path: 'title' }, { op: 'add', path: 'TITLE', value: 'x' })
    expect(refusal(() => parsePatchOp(twice, 'interop'))).toBe('invalidSyntax')
    expect(refusal(() => parsePatchOp(twice, 'strict'))).toBe('accepted')
    const both = message({ op: 'remove', path: 'title' }, { op: 'remove', path: 'nickName' })
    expect(refusal(() => parsePatchOp(both, 'interop'))).toBe('accepted')
  })

  const cases: { name: string; given: object; want: string }[] = [
    {
      name: 'a filter ends in a sub-attribute',
      given: { op: 'remove', path: 'emails[type eq "work"]' },
      want: 'invalidPath',
    },
    {
      name: 'a filter with a sub-attribute',
      given: { op: 'replace', path: 'emails[type eq "work"].value', value: 'x' },
      want: 'accepted',
    },
    {
      name: 'a filter selects one element',
      given: { op: 'replace', path: 'emails[value pr].display', value: 'x' },
      want: 'invalidFilter',
    },
    {
      name: 'a list is added as a list',
      given: { op: 'add', path: 'emails', value: { value: 'x' } },
      want: 'invalidValue',
    },
    {
      name: 'a sub-attribute of every element',
      given: { op: 'replace', path: 'emails.display', value: 'x' },
      want: 'accepted',
    },
    { name: 'a capitalised op', given: { op: 'Remove', path: 'title' }, want: 'invalidSyntax' },
  ]
  it.each(cases)('$name: $want', ({ given, want }) => {
    expect(outcome('interop', given)).toBe(want)
  })

  it('replace of a complex attribute replaces it whole, add merges', () => {
    const value = { givenName: 'Augusta' }
    expect(patch(user, ada, [{ op: 'replace', path: 'name', value }], 'interop').resource.name).toEqual(value)
    const merged = patch(user, ada, [{ op: 'add', path: 'name', value }], 'interop').resource.name
    expect(merged).toEqual({ formatted: 'Ada Lovelace', familyName: 'Lovelace', givenName: 'Augusta' })
    const manager = patch(user, ada, [{ op: 'replace', path: 'manager', value: { value: 'u9' } }], 'interop').resource
    expect(manager[enterprise]).toMatchObject({ manager: { value: 'u9', displayName: 'Charles' } })
    expect(outcome('interop', { op: 'replace', path: `${acme}:office`, value: { floor: 1 } })).toBe('invalidValue')
  })
})

describe('single rules', () => {
  it('can be switched off in lenient and on in strict', () => {
    const disable = { op: 'replace', path: 'active', value: 'False' }
    expect(outcome({ base: 'lenient', rules: { stringBooleans: false } }, disable)).toBe('invalidValue')
    expect(outcome({ base: 'strict', rules: { stringBooleans: true } }, disable)).toBe('accepted')
  })
})
