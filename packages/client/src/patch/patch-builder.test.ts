import { enterpriseUser, groupResource, urns, userResource } from '@scimkit/core/schema'
import { FilterSyntaxError } from '@scimkit/filter-parser'
import { describe, expect, test } from 'vitest'
import { patch } from './patch.js'

const users = userResource.extend(enterpriseUser)

describe('a patch', () => {
  test('lists its changes in their order and leaves the builders before it as they are', () => {
    const first = patch(users).replace('name.familyName', 'King')
    const second = first.remove('emails[type eq "home"]').add('phoneNumbers', { value: '1' })
    expect(first.operations).toEqual([{ op: 'replace', path: 'name.familyName', value: 'King' }])
    expect(second.operations).toEqual([
      { op: 'replace', path: 'name.familyName', value: 'King' },
      { op: 'remove', path: 'emails[type eq "home"]' },
      { op: 'add', path: 'phoneNumbers', value: { value: '1' } },
    ])
  })

  test('adds members in one change and removes each by its id', () => {
    expect(patch(groupResource).addMember('1', '2').removeMember('3', 'a"b').operations).toEqual([
      { op: 'add', path: 'members', value: [{ value: '1' }, { value: '2' }] },
      { op: 'remove', path: 'members[value eq "3"]' },
      { op: 'remove', path: 'members[value eq "a\\"b"]' },
    ])
  })

  test('stands alone without a definition, where any path that can be parsed is taken', () => {
    expect(patch().replace('anything.goes', 1).addMember('1').operations).toHaveLength(2)
    expect(() => patch().remove('emails[type eq')).toThrow(FilterSyntaxError)
  })

  test('adds ten thousand changes without copying those before them', () => {
    let builder = patch(groupResource)
    for (let n = 0; n < 10_000; n++) builder = builder.addMember(`${n}`)
    expect(builder.operations).toHaveLength(10_000)
  })

  const untyped = patch(users) as unknown as {
    replace(path: string, value: unknown): unknown
    remove(path: string): unknown
  }
  const refused: readonly { name: string; run: () => unknown; want: RegExp }[] = [
    { name: 'an unknown attribute', run: () => untyped.remove('nickname2'), want: /User has no attribute nickname2/ },
    {
      name: 'an unknown sub-attribute',
      run: () => untyped.remove('name.lastName'),
      want: /no attribute name\.lastName/,
    },
    { name: 'a readOnly attribute', run: () => untyped.replace('id', '2'), want: /id is readOnly/ },
    {
      name: 'a readOnly sub-attribute',
      run: () => untyped.replace('meta.version', '2'),
      want: /meta\.version is readOnly/,
    },
    { name: 'readOnly groups', run: () => untyped.remove('groups[value eq "1"]'), want: /readOnly/ },
    {
      name: 'a value path on an unknown attribute',
      run: () => untyped.remove('mails[type eq "x"]'),
      want: /no attribute mails/,
    },
    {
      name: 'an unknown name in brackets',
      run: () => untyped.remove('emails[kind eq "x"]'),
      want: /emails has no sub-attribute kind/,
    },
    {
      name: 'an unknown name behind brackets',
      run: () => untyped.remove('emails[type eq "x"].valeu'),
      want: /no attribute/,
    },
    {
      name: 'brackets behind a singular attribute',
      run: () => untyped.remove('name[givenName eq "x"]'),
      want: /name.*has one value/,
    },
    {
      name: 'an extension that is not there',
      run: () => untyped.remove('urn:acme:User:x'),
      want: /no attribute urn:acme:User:x/,
    },
    { name: 'no value', run: () => untyped.replace('title', undefined), want: /title needs a value/ },
  ]
  test.each(refused)('refuses $name with a sentence that names it', ({ run, want }) => {
    expect(run).toThrow(TypeError)
    expect(run).toThrow(want)
  })

  test('names the place of a fault in brackets', () => {
    expect(() => patch(users).remove('emails[type eq work]')).toThrow(FilterSyntaxError)
    try {
      patch(users).remove('emails[type eq work]')
    } catch (error) {
      expect(error).toMatchObject({ position: 15 })
    }
  })

  test('takes names in any case, and the paths of extensions', () => {
    const builder = patch(users)
    expect(builder.replace(`${urns.enterpriseUser}:manager.value`, '2').operations).toHaveLength(1)
    expect(builder.remove(urns.enterpriseUser).operations).toHaveLength(1)
    const remove = (path: string) => (builder as typeof untyped).remove(path) as typeof builder // it builds on itself
    expect(remove('EMAILS[TYPE eq "x"].Value').operations).toEqual([
      { op: 'remove', path: 'EMAILS[TYPE eq "x"].Value' },
    ])
  })
})
