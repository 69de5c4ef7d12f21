import { enterpriseUser, groupResource, urns, userResource } from '@scimkit/core/schema'
import { applyPatch } from '@scimkit/server-kit/patch'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { patchFrom } from './patch-from.js'

const users = userResource.extend(enterpriseUser)
const before = {
  schemas: [urns.user],
  id: '1',
  userName: 'ada',
  name: { givenName: 'Ada', familyName: 'Lovelace' },
  emails: [
    { value: 'a@b.test', type: 'work' },
    { value: 'c@d.test', type: 'home' },
  ],
  groups: [{ value: '9' }],
  [urns.enterpriseUser]: { department: 'Engines', manager: { value: '2', displayName: 'Charles' } },
}

describe('patchFrom', () => {
  const table: readonly { name: string; after: object; want: readonly object[] }[] = [
    { name: 'nothing for the same resource', after: structuredClone(before), want: [] },
    {
      name: 'nothing for lists in another order',
      after: { ...before, emails: [...before.emails].reverse() },
      want: [],
    },
    { name: 'nothing for what is readOnly', after: { ...before, id: '2', groups: [], meta: {} }, want: [] },
    { name: 'a value', after: { ...before, title: 'x' }, want: [{ op: 'replace', path: 'title', value: 'x' }] },
    {
      name: 'a value that differs by case',
      after: { ...before, userName: 'Ada' },
      want: [{ op: 'replace', path: 'userName', value: 'Ada' }],
    },
    { name: 'a value that is gone', after: { ...before, name: null }, want: [{ op: 'remove', path: 'name' }] },
    {
      name: 'sub-attributes alone',
      after: { ...before, name: { familyName: 'King' } },
      want: [
        { op: 'replace', path: 'name.familyName', value: 'King' },
        { op: 'remove', path: 'name.givenName' },
      ],
    },
    {
      name: 'single elements of a list',
      after: { ...before, emails: [before.emails[0], { value: 'e@f.test' }] },
      want: [
        { op: 'remove', path: 'emails[value eq "c@d.test"]' },
        { op: 'add', path: 'emails', value: [{ value: 'e@f.test' }] },
      ],
    },
    {
      name: 'a whole list',
      after: { ...before, emails: [{ value: 'x' }] },
      want: [{ op: 'replace', path: 'emails', value: [{ value: 'x' }] }],
    },
    {
      name: 'a password',
      after: { ...before, password: 'x' },
      want: [{ op: 'replace', path: 'password', value: 'x' }],
    },
    {
      name: 'an externalId',
      after: { ...before, externalId: 'e' },
      want: [{ op: 'replace', path: 'externalId', value: 'e' }],
    },
    {
      name: 'attributes of an extension',
      after: { ...before, [urns.enterpriseUser]: { manager: { value: '3' } } },
      want: [
        { op: 'remove', path: `${urns.enterpriseUser}:department` },
        { op: 'replace', path: `${urns.enterpriseUser}:manager.value`, value: '3' },
      ],
    },
  ]
  test.each(table)('finds $name', ({ after, want }) => {
    expect(patchFrom(before, after, users).operations).toEqual(want)
  })

  test('finds the members that came and went, however many stay', () => {
    const members = Array.from({ length: 1000 }, (_, n) => ({ value: `${n}` }))
    const { operations } = patchFrom(
      { displayName: 'All', members },
      { displayName: 'All', members: [...members.slice(1), { value: 'new' }] },
      groupResource,
    )
    expect(operations).toEqual([
      { op: 'remove', path: 'members[value eq "0"]' },
      { op: 'add', path: 'members', value: [{ value: 'new' }] },
    ])
  })

  test('leads the service provider’s PATCH engine to the resource that was wanted', () => {
    const text = fc.constantFrom('a', 'A', 'b', 'c@d.test')
    const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
    const email = fc.record({
      value: text,
      type: optional(fc.constantFrom('work', 'home')),
      display: optional(text),
    })
    const emails = fc.uniqueArray(email, { maxLength: 4, selector: (element) => `${element.value}`.toLowerCase() })
    const resource = fc.record({
      userName: text,
      title: optional(text),
      active: optional(fc.boolean()),
      name: optional(fc.record({ givenName: optional(text), familyName: optional(text) })),
      emails: optional(emails),
      [urns.enterpriseUser]: optional(
        fc.record({ department: optional(text), manager: optional(fc.record({ value: text })) }),
      ),
    })
    fc.assert(
      fc.property(resource, resource, (from, to) => {
        const [start, goal] = [clean(from), clean(to)]
        const reached = applyPatch(users, start, patchFrom(start, goal, users).operations)
        expect(patchFrom(reached, goal, users).operations).toEqual([])
        const wanted = { ...goal, emails: sorted(goal.emails) }
        expect({ ...reached, emails: sorted((reached as typeof goal).emails), schemas: undefined }).toEqual({
          ...wanted,
          schemas: undefined,
        })
      }),
      { numRuns: 2000 },
    )
  })
})

/** A resource as a server has it: without members that have no value. */
function clean(value: object): Record<string, unknown> & { emails?: unknown[] } {
  return JSON.parse(JSON.stringify(value), (_key, member) => {
    const empty = typeof member === 'object' && member !== null && Object.keys(member).length === 0
    return empty
      ? undefined
      : Array.isArray(member)
        ? member.filter((element) => element !== undefined && element !== null)
        : member
  }) as Record<string, unknown>
}

function sorted(list: readonly unknown[] | undefined): readonly string[] | undefined {
  return list?.length
    ? list.map((element) => JSON.stringify(Object.entries(element as object).sort())).sort()
    : undefined
}
