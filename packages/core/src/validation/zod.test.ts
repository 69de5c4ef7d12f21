import { describe, expect, it } from 'vitest'
import { enterpriseUser, groupResource, urns, userResource } from '../index.js'
import { attributePathOf } from '../resource/check-resource.js'
import type { ResourceValidators } from './validation-part.js'

const user = userResource.extend(enterpriseUser)

function judge(validators: ResourceValidators | undefined, use: keyof ResourceValidators, given: unknown) {
  const result = validators?.[use]['~standard'].validate(given)
  if (!result || result instanceof Promise) throw new Error('validators are there and synchronous')
  return result.issues
    ? { issues: result.issues.map(({ path }) => attributePathOf(path ?? [])) }
    : { value: result.value }
}

const id = '2819c223'
const base = { schemas: [urns.user], userName: 'ada' }

describe('what a request may give', () => {
  const cases: { name: string; given: unknown; want: unknown }[] = [
    { name: 'fills in schemas', given: { userName: 'ada' }, want: { value: base } },
    {
      name: 'gives schemas their registered spelling',
      given: { schemas: [urns.user.toUpperCase()], userName: 'ada' },
      want: { value: base },
    },
    {
      name: 'keeps null and [] as the wish to unassign',
      given: { userName: 'ada', title: null, emails: [], name: { givenName: null } },
      want: { value: { ...base, title: null, emails: [], name: { givenName: null } } },
    },
    {
      name: 'drops what is unknown or readOnly',
      given: { userName: 'ada', id, meta: { version: '1' }, groups: [{ value: '1' }], foo: 1, name: { foo: 1 } },
      want: { value: { ...base, name: {} } },
    },
    {
      name: 'accepts what is never returned',
      given: { userName: 'ada', password: 's3cret' },
      want: { value: { ...base, password: 's3cret' } },
    },
    {
      name: 'leaves canonical values open',
      given: { userName: 'ada', emails: [{ value: 'a@b', type: 'yacht' }] },
      want: { value: { ...base, emails: [{ value: 'a@b', type: 'yacht' }] } },
    },
    { name: 'demands what is required', given: { title: 'x' }, want: { issues: ['userName'] } },
    { name: 'takes null for a missing value', given: { userName: null }, want: { issues: ['userName'] } },
    { name: 'refuses an empty required string', given: { userName: '' }, want: { issues: ['userName'] } },
    {
      name: 'names the attribute of a wrong type',
      given: { userName: 'ada', name: { givenName: 1 }, emails: [{ value: 2 }] },
      want: { issues: ['name.givenName', 'emails.value'] },
    },
    {
      name: 'refuses two primary values',
      given: {
        userName: 'ada',
        emails: [
          { value: '1', primary: true },
          { value: '2', primary: true },
        ],
      },
      want: { issues: ['emails'] },
    },
    {
      name: 'is strict about an object for a list',
      given: { userName: 'ada', emails: { value: '1' } },
      want: { issues: ['emails'] },
    },
    {
      name: 'refuses a list for a singular attribute',
      given: { userName: 'ada', title: [] },
      want: { issues: ['title'] },
    },
    {
      name: 'names the schemas of extensions in use',
      given: { userName: 'ada', [urns.enterpriseUser]: { department: 'R&D' } },
      want: {
        value: {
          schemas: [urns.user, urns.enterpriseUser],
          userName: 'ada',
          [urns.enterpriseUser]: { department: 'R&D' },
        },
      },
    },
    {
      name: 'does not count an empty extension as in use',
      given: { userName: 'ada', [urns.enterpriseUser]: { department: null } },
      want: { value: { ...base, [urns.enterpriseUser]: { department: null } } },
    },
    {
      name: 'gives the path within an extension',
      given: { userName: 'ada', [urns.enterpriseUser]: { manager: { value: 1 } } },
      want: { issues: [`${urns.enterpriseUser}:manager.value`] },
    },
    { name: 'refuses what is not an object', given: [], want: { issues: [''] } },
  ]
  it.each(cases)('$name', ({ given, want }) => {
    for (const use of ['create', 'replace'] as const) expect(judge(user.validators, use, given)).toEqual(want)
  })
})

describe('what an answer may hold', () => {
  const answer = { schemas: [urns.user], id, userName: 'ada' }
  const cases: { name: string; given: unknown; want: unknown }[] = [
    {
      name: 'keeps what is unknown',
      given: { ...answer, foo: { bar: null }, name: { foo: 1 } },
      want: { value: { ...answer, foo: { bar: null }, name: { foo: 1 } } },
    },
    {
      name: 'removes what is unassigned',
      given: {
        ...answer,
        title: null,
        emails: [],
        phoneNumbers: [{}],
        name: { givenName: null },
        [urns.enterpriseUser]: { manager: {} },
      },
      want: { value: answer },
    },
    { name: 'drops what is never returned', given: { ...answer, password: 'x' }, want: { value: answer } },
    {
      name: 'adds schemas',
      given: { id, userName: 'ada', [urns.enterpriseUser]: { division: 'x' } },
      want: {
        value: {
          schemas: [urns.user, urns.enterpriseUser],
          id,
          userName: 'ada',
          [urns.enterpriseUser]: { division: 'x' },
        },
      },
    },
    {
      name: 'has readOnly attributes',
      given: { ...answer, groups: [{ value: '1', type: 'direct' }], meta: { created: '2026-01-31T09:30:00Z' } },
      want: {
        value: { ...answer, groups: [{ value: '1', type: 'direct' }], meta: { created: '2026-01-31T09:30:00Z' } },
      },
    },
    { name: 'demands id', given: { ...answer, id: null }, want: { issues: ['id'] } },
    {
      name: 'names the attribute of a wrong type',
      given: { ...answer, meta: { created: '2026-01-31' }, active: 'true' },
      want: { issues: ['meta.created', 'active'] },
    },
    {
      name: 'takes [] of a singular attribute for a wrong type',
      given: { ...answer, title: [] },
      want: { issues: ['title'] },
    },
  ]
  it.each(cases)('$name', ({ given, want }) => {
    const before = JSON.stringify(given)
    const got = judge(user.validators, 'resource', given)
    if ('value' in got) expect(got).toEqual(want)
    else
      expect({ issues: [...got.issues].sort() }).toEqual({ issues: [...(want as { issues: string[] }).issues].sort() })
    expect(JSON.stringify(given)).toBe(before)
  })
})

it('demands an extension that is required', () => {
  const strict = userResource.extend(enterpriseUser, { required: true })
  expect(judge(strict.validators, 'create', { userName: 'ada' })).toEqual({ issues: [urns.enterpriseUser] })
  expect(judge(strict.validators, 'create', { userName: 'ada', [urns.enterpriseUser]: {} })).toEqual({
    issues: [urns.enterpriseUser],
  })
})

it('validates groups', () => {
  expect(
    judge(groupResource.validators, 'create', { displayName: 'a', members: [{ $ref: null, value: 'u1' }] }),
  ).toEqual({
    value: { schemas: [urns.group], displayName: 'a', members: [{ $ref: null, value: 'u1' }] },
  })
})
