import { enterpriseUser, userResource } from '@scimkit/core/schema'
import { describe, expect, test } from 'vitest'
import { readValues } from './read-values.js'

const users = userResource.extend(enterpriseUser)
const urn = enterpriseUser.urn

describe('the values of a resource', () => {
  const table: readonly { name: string; given: Record<string, unknown>; want: Record<string, unknown> }[] = [
    { name: 'null goes', given: { title: null, userName: 'ada' }, want: { userName: 'ada' } },
    {
      name: 'null in an object goes',
      given: { name: { givenName: 'A', familyName: null } },
      want: { name: { givenName: 'A' } },
    },
    { name: 'an object of nothing else goes', given: { name: { givenName: null } }, want: {} },
    { name: 'an object that was empty stays', given: { name: {} }, want: { name: {} } },
    {
      name: 'null in a list goes',
      given: { emails: [null, { value: 'a' }, { value: null }] },
      want: { emails: [{ value: 'a' }] },
    },
    { name: 'a list of nothing else stays empty', given: { emails: [null] }, want: { emails: [] } },
    { name: 'booleans in text', given: { active: 'False' }, want: { active: false } },
    {
      name: 'booleans in elements',
      given: { emails: [{ value: 'a', primary: 'TRUE' }] },
      want: { emails: [{ value: 'a', primary: true }] },
    },
    { name: 'other text of a boolean stays', given: { active: 'yes' }, want: { active: 'yes' } },
    { name: 'text that only contains a boolean stays', given: { active: 'untrue' }, want: { active: 'untrue' } },
    { name: 'the name True stays text', given: { userName: 'true' }, want: { userName: 'true' } },
    {
      name: 'numbers where text belongs',
      given: { userName: 7, externalId: 8 },
      want: { userName: '7', externalId: '8' },
    },
    { name: 'numbers of a reference', given: { profileUrl: 7 }, want: { profileUrl: '7' } },
    { name: 'large numbers stay', given: { userName: 2 ** 60 }, want: { userName: 2 ** 60 } },
    { name: 'numbers of unknown attributes stay', given: { shoeSize: 42 }, want: { shoeSize: 42 } },
    {
      name: 'values in the extension',
      given: { [urn]: { employeeNumber: 7, department: null } },
      want: { [urn]: { employeeNumber: '7' } },
    },
    {
      name: 'what is nested too deep stays',
      given: { a: { b: { c: { d: { e: { f: null } } } } } },
      want: { a: { b: { c: { d: { e: { f: null } } } } } },
    },
    {
      name: 'what is nested less deep is read',
      given: { a: { b: { c: { d: null, e: 1 } } } },
      want: { a: { b: { c: { e: 1 } } } },
    },
  ]
  test.each(table)('are read: $name', ({ given, want }) => {
    readValues(users, given)
    expect(given).toEqual(want)
  })
})
