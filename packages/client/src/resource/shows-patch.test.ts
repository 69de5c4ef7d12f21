import { enterpriseUser, type PatchOperation, userResource } from '@scimkit/core/schema'
import { describe, expect, test } from 'vitest'
import { showsPatch } from './shows-patch.js'

const users = userResource.extend(enterpriseUser)
const urn = enterpriseUser.urn
const home = { type: 'home', value: 'a@b.test' }
const work = { type: 'work', value: 'c@d.test' }
const resource = {
  id: '1',
  userName: 'ada',
  active: true,
  name: { givenName: 'Ada', familyName: 'King' },
  emails: [home, work],
  [urn]: { department: 'X' },
}

describe('a resource', () => {
  const table: readonly { name: string; given: PatchOperation; want: string }[] = [
    { name: 'a replaced value', given: { op: 'replace', path: 'userName', value: 'ada' }, want: 'yes' },
    { name: 'another value', given: { op: 'replace', path: 'userName', value: 'eve' }, want: 'no' },
    { name: 'an added sub-attribute', given: { op: 'add', path: 'name.familyName', value: 'King' }, want: 'yes' },
    { name: 'another sub-attribute', given: { op: 'add', path: 'name.familyName', value: 'Byron' }, want: 'no' },
    { name: 'a sub-attribute that does not exist', given: { op: 'add', path: 'name.x', value: 'King' }, want: 'no' },
    { name: 'a complex value', given: { op: 'add', path: 'name', value: { givenName: 'Ada' } }, want: 'yes' },
    { name: 'a removed attribute', given: { op: 'remove', path: 'title' }, want: 'yes' },
    { name: 'an attribute that was to be removed', given: { op: 'remove', path: 'userName' }, want: 'no' },
    { name: 'a removed sub-attribute', given: { op: 'remove', path: 'name.middleName' }, want: 'yes' },
    { name: 'a sub-attribute that was to be removed', given: { op: 'remove', path: 'name.givenName' }, want: 'no' },
    { name: 'a value that became null', given: { op: 'replace', path: 'title', value: null }, want: 'yes' },
    { name: 'a value that was to become null', given: { op: 'replace', path: 'active', value: null }, want: 'no' },
    { name: 'an added element', given: { op: 'add', path: 'emails', value: [home] }, want: 'yes' },
    {
      name: 'an element that is not there',
      given: { op: 'add', path: 'emails', value: [{ ...home, value: 'x' }] },
      want: 'no',
    },
    { name: 'a replaced list', given: { op: 'replace', path: 'emails', value: [work, home] }, want: 'yes' },
    { name: 'a list with more', given: { op: 'replace', path: 'emails', value: [work] }, want: 'no' },
    { name: 'a removed element', given: { op: 'remove', path: 'emails[type eq "other"]' }, want: 'yes' },
    { name: 'an element that was to be removed', given: { op: 'remove', path: 'emails[type eq "home"]' }, want: 'no' },
    { name: 'a replaced element', given: { op: 'replace', path: 'emails[type eq "home"]', value: home }, want: 'yes' },
    { name: 'another element', given: { op: 'replace', path: 'emails[type eq "home"]', value: work }, want: 'no' },
    {
      name: 'a value in elements',
      given: { op: 'replace', path: 'emails[type eq "home"].value', value: 'a@b.test' },
      want: 'yes',
    },
    { name: 'a value in some elements', given: { op: 'replace', path: 'emails.value', value: 'a@b.test' }, want: 'no' },
    {
      name: 'a value in no element',
      given: { op: 'replace', path: 'emails[type eq "x"].value', value: 'a' },
      want: 'no',
    },
    { name: 'a value in the extension', given: { op: 'add', path: `${urn}:department`, value: 'X' }, want: 'yes' },
    { name: 'another one in the extension', given: { op: 'add', path: `${urn}:department`, value: 'Y' }, want: 'no' },
    { name: 'the extension', given: { op: 'add', path: urn, value: { department: 'X' } }, want: 'yes' },
    { name: 'another extension', given: { op: 'replace', path: urn, value: { department: 'Y' } }, want: 'no' },
    { name: 'an extension that was to be removed', given: { op: 'remove', path: urn }, want: 'no' },
    {
      name: 'values without path',
      given: { op: 'add', value: { userName: 'ada', 'name.givenName': 'Ada' } },
      want: 'yes',
    },
    {
      name: 'one wrong value without path',
      given: { op: 'add', value: { userName: 'ada', active: false } },
      want: 'no',
    },
    { name: 'nothing without path and value', given: { op: 'add', value: null }, want: 'no' },
    { name: 'an attribute that does not exist', given: { op: 'add', path: 'x', value: 'ada' }, want: 'no' },
    { name: 'a password', given: { op: 'replace', path: 'password', value: 'x' }, want: 'hidden' },
    { name: 'a removed password', given: { op: 'remove', path: 'password' }, want: 'hidden' },
  ]
  test.each(table)('shows $name: $want', ({ given, want }) => {
    expect(showsPatch(users, resource, [given])).toBe(want)
  })

  test('shows a patch when it shows all of its changes', () => {
    const yes: PatchOperation = { op: 'replace', path: 'userName', value: 'ada' }
    const no: PatchOperation = { op: 'remove', path: 'userName' }
    const hidden: PatchOperation = { op: 'replace', path: 'password', value: 'x' }
    expect(showsPatch(users, resource, [])).toBe('yes')
    expect(showsPatch(users, resource, [yes, hidden])).toBe('hidden')
    expect(showsPatch(users, resource, [hidden, no, yes])).toBe('no')
  })

  test('without the extension shows its removal', () => {
    expect(showsPatch(users, { id: '1' }, [{ op: 'remove', path: urn }])).toBe('yes')
    expect(showsPatch(users, { id: '1' }, [{ op: 'remove', path: `${urn}:department` }])).toBe('yes')
  })
})
