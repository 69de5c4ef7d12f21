import { type Attribute, enterpriseUser, userResource } from '@scimkit/core/schema'
import { describe, expect, test } from 'vitest'
import { coversResource, coversValue } from './covers-value.js'

const users = userResource.extend(enterpriseUser)

function attribute(name: string): Attribute {
  const found = users.schema.attributes.find((candidate) => candidate.name === name)
  if (!found) throw new Error(`User has no attribute ${name}`)
  return found
}

const home = { type: 'home', value: 'a@b.test' }
const work = { type: 'work', value: 'c@d.test' }

describe('an attribute', () => {
  const table = [
    { name: 'shows the value', of: 'userName', wanted: 'ada', actual: 'ada', want: 'yes' },
    { name: 'shows it in another case', of: 'userName', wanted: 'ADA', actual: 'ada', want: 'yes' },
    { name: 'shows another value', of: 'userName', wanted: 'ada', actual: 'eve', want: 'no' },
    { name: 'shows nothing', of: 'userName', wanted: 'ada', actual: undefined, want: 'no' },
    { name: 'shows no value for no value', of: 'title', wanted: null, actual: undefined, want: 'yes' },
    { name: 'shows a value for no value', of: 'title', wanted: undefined, actual: 'x', want: 'no' },
    { name: 'shows an empty list for no value', of: 'emails', wanted: [], actual: null, want: 'yes' },
    { name: 'shows false for false', of: 'active', wanted: false, actual: false, want: 'yes' },
    { name: 'shows true for false', of: 'active', wanted: false, actual: true, want: 'no' },
    { name: 'hides a password', of: 'password', wanted: 'x', actual: undefined, want: 'hidden' },
    { name: 'hides nothing that was not written', of: 'password', wanted: undefined, actual: undefined, want: 'yes' },
    { name: 'is readOnly', of: 'groups', wanted: [{ value: '1' }], actual: undefined, want: 'yes' },
    {
      name: 'has more than was written',
      of: 'name',
      wanted: { givenName: 'A' },
      actual: { givenName: 'A', formatted: 'A B' },
      want: 'yes',
    },
    {
      name: 'has less than was written',
      of: 'name',
      wanted: { givenName: 'A', familyName: 'B' },
      actual: { givenName: 'A' },
      want: 'no',
    },
    {
      name: 'unassigns a part',
      of: 'name',
      wanted: { givenName: null, familyName: 'B' },
      actual: { familyName: 'B' },
      want: 'yes',
    },
    { name: 'is text where an object was written', of: 'name', wanted: { givenName: 'A' }, actual: 'A', want: 'no' },
    {
      name: 'has the elements in another order',
      of: 'emails',
      wanted: [home, work],
      actual: [work, { ...home, primary: true }],
      want: 'yes',
    },
    { name: 'has another element', of: 'emails', wanted: [home], actual: [work], want: 'no' },
    { name: 'has an element more', of: 'emails', wanted: [home], actual: [home, work], want: 'no' },
    { name: 'has an element less', of: 'emails', wanted: [home, work], actual: [home], want: 'no' },
    { name: 'was written as a single element', of: 'emails', wanted: home, actual: [home], want: 'yes' },
  ]
  test.each(table)('$name: $want', ({ of, wanted, actual, want }) => {
    expect(coversValue(attribute(of), wanted, actual)).toBe(want)
  })
})

describe('a resource', () => {
  const written = { userName: 'ada', externalId: 'e1', password: 'secret', [enterpriseUser.urn]: { department: 'X' } }
  const shown = { id: '1', userName: 'ada', externalId: 'e1', [enterpriseUser.urn]: { department: 'X' } }
  const table = [
    { name: 'all that was written', actual: shown, want: 'yes' },
    {
      name: 'more than that',
      actual: { ...shown, meta: {}, groups: [{ value: '7' }] },
      want: 'yes',
    },
    { name: 'an attribute that was not written', actual: { ...shown, title: 'x' }, want: 'no' },
    { name: 'another externalId', actual: { ...shown, externalId: 'E1' }, want: 'no' },
    { name: 'no extension', actual: { ...shown, [enterpriseUser.urn]: undefined }, want: 'no' },
    {
      name: 'another value in the extension',
      actual: { ...shown, [enterpriseUser.urn]: { department: 'Y' } },
      want: 'no',
    },
  ]
  test.each(table)('shows $name: $want', ({ actual, want }) => {
    expect(coversResource(users, written, actual)).toBe(want)
  })

  test('may have an externalId that was not written', () => {
    expect(coversResource(users, { userName: 'ada' }, { userName: 'ada', externalId: 'e1' })).toBe('yes')
    expect(coversResource(users, { userName: 'ada', externalId: null }, { userName: 'ada', externalId: 'e1' })).toBe(
      'yes',
    )
  })
})
