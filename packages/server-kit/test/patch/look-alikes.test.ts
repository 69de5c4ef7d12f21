import { defineExtension, defineResource, defineSchema, type PatchOperation, urns } from '@scimkit/core/schema'
import { resolveCompatibility } from '@scimkit/server-kit/patch'
import { describe, expect, it } from 'vitest'
import { planMembership } from '../../src/patch/plan-membership.js'
import { acme, ada, group, patch, refusal, sales, user } from './definitions.js'

const changed = (operations: readonly unknown[], resource: object = ada) => patch(user, resource, operations).resource

describe('what is easily taken for the same', () => {
  it('a string that reads like a boolean stays a string where the attribute is one', () => {
    const { resource, notes } = patch(user, ada, [{ op: 'replace', path: 'title', value: 'True' }])
    expect(resource.title).toBe('True')
    expect(notes).toEqual([])
  })

  it('no value needs no lenient reading', () => {
    for (const operation of [
      { op: 'replace', path: 'emails', value: null },
      { op: 'replace', path: 'displayName', value: null },
      { op: 'add', path: 'emails', value: null },
    ]) {
      expect(refusal(() => patch(user, ada, [operation], 'strict'))).toBe('accepted')
      expect(patch(user, ada, [operation]).notes).toEqual([])
    }
  })

  it('a required attribute that is not there is not removed', () => {
    const { displayName, ...nameless } = sales
    expect(patch(group, nameless, [{ op: 'remove', path: 'displayName' }]).resource).toBe(nameless)
    expect(displayName).toBe('Sales')
  })

  it('add to a selected element merges, and leaves the others apart', () => {
    const added = changed([{ op: 'add', path: 'emails[type eq "home"]', value: { display: 'H' } }])
    expect(added.emails).toEqual([
      ...(ada.emails as object[]).slice(0, 1),
      { value: 'ada@home.example', type: 'home', display: 'H' },
    ])
    const alike = {
      ...ada,
      emails: [
        { value: 'a', type: 'work' },
        { value: 'b', type: 'work', display: 'B' },
      ],
    }
    const set = changed([{ op: 'replace', path: 'emails[type eq "work"].value', value: 'c' }], alike)
    expect(set.emails).toEqual([
      { value: 'c', type: 'work' },
      { value: 'c', type: 'work', display: 'B' },
    ])
  })

  it('an element that has less than another is not lost with it', () => {
    const value = [{ value: 'a', type: 'work' }, { value: 'a' }, { type: 'work' }, { value: 'A', type: 'WORK' }]
    const replaced = changed([{ op: 'replace', path: 'phoneNumbers', value }])
    expect(replaced.phoneNumbers).toEqual(value)
    const stored = { ...ada, phoneNumbers: value.slice(0, 2) }
    const added = changed([{ op: 'add', path: 'phoneNumbers[value eq "a"]', value: { display: 'x' } }], stored)
    expect(added.phoneNumbers).toEqual([
      { value: 'a', type: 'work', display: 'x' },
      { value: 'a', display: 'x' },
    ])
  })

  it('single values are not removed from an element that is not there', () => {
    const operation = { op: 'remove', path: `${acme}:devices[serial eq "none"].ports`, value: [1] }
    expect(changed([operation])).toBe(ada)
    expect(refusal(() => patch(user, ada, [operation], 'strict'))).toBe('noTarget')
  })

  it('replace through a filter that describes nothing is noTarget', () => {
    expect(
      refusal(() => patch(user, ada, [{ op: 'replace', path: 'phoneNumbers[type sw "w"].value', value: '1' }])),
    ).toBe('noTarget')
  })

  it('a filter may describe an element that is there already', () => {
    const value = { type: 'work', value: 'ada@example.com' }
    expect(changed([{ op: 'add', path: 'emails[type eq "fax"]', value }])).toBe(ada)
  })

  it('a path-less value may undo itself', () => {
    expect(changed([{ op: 'replace', value: { 'name.givenName': 'x', name: { givenName: 'Ada' } } }])).toBe(ada)
  })

  it('an old URI can be removed from schemas by a filter', () => {
    const stored = { ...ada, schemas: [...(ada.schemas as string[]), 'urn:example:old'] }
    expect(changed([{ op: 'remove', path: 'schemas[value eq "urn:example:old"]' }], stored)).toEqual(ada)
  })
})

describe('readOnly values that look unchanged', () => {
  const cases: { name: string; given: object; want: string }[] = [
    {
      name: 'one member of a complex value differs',
      given: { op: 'replace', path: 'meta', value: { resourceType: 'User', version: '9' } },
      want: 'mutability',
    },
    {
      name: 'a member that is not said',
      given: { op: 'replace', path: 'meta', value: { resourceType: 'User', version: null } },
      want: 'accepted',
    },
    {
      name: 'JN-2 nothing but members that are not said',
      given: { op: 'replace', path: 'meta', value: { resourceType: null } },
      want: 'mutability',
    },
    { name: 'a string for a complex value', given: { op: 'replace', path: 'meta', value: 'User' }, want: 'mutability' },
    { name: 'a number for a complex value', given: { op: 'replace', path: 'meta', value: 5 }, want: 'mutability' },
    { name: 'an empty object for a list', given: { op: 'replace', path: 'groups', value: {} }, want: 'mutability' },
    {
      name: 'an object for a list',
      given: { op: 'replace', path: 'groups', value: { value: 'g1', display: 'Sales' } },
      want: 'mutability',
    },
    { name: 'an empty object for a string', given: { op: 'replace', path: 'id', value: {} }, want: 'mutability' },
    {
      name: 'the whole list through a filter',
      given: { op: 'replace', path: 'groups[value eq "g1"]', value: [{ value: 'g1', display: 'Sales' }] },
      want: 'mutability',
    },
    {
      name: 'nothing for each element',
      given: { op: 'replace', path: 'groups.display', value: null },
      want: 'mutability',
    },
    { name: 'remove with the value', given: { op: 'remove', path: 'id', value: 'u1' }, want: 'mutability' },
    {
      name: 'a sub-attribute that could be written elsewhere',
      given: { op: 'replace', path: `${acme}:grants.value`, value: 'x' },
      want: 'mutability',
    },
    {
      name: 'the same through a filter',
      given: { op: 'add', path: `${acme}:grants[type eq "x"].value`, value: 'x' },
      want: 'mutability',
    },
  ]
  it.each(cases)('$name: $want', ({ given, want }) => {
    expect(refusal(() => patch(user, ada, [given]))).toBe(want)
  })
})

describe('immutable beside a value that can change', () => {
  const path = `${acme}:tokens`
  const stored = {
    ...ada,
    schemas: [urns.user, acme],
    [acme]: { tokens: [{ value: 'a', issuer: 'x', seen: 'today' }] },
  }

  it('is refused, not ignored, where it differs', () => {
    const value = { value: 'a', issuer: 'y' }
    expect(refusal(() => patch(user, stored, [{ op: 'replace', path: `${path}[value eq "a"]`, value }]))).toBe(
      'mutability',
    )
    expect(refusal(() => patch(user, stored, [{ op: 'add', path: `${path}[value eq "a"]`, value }]))).toBe('mutability')
  })

  it('stays with its element in a new list, as what is readOnly does', () => {
    const value = [
      { value: 'b', issuer: 'y' },
      { value: 'A', issuer: 'x' },
    ]
    expect(changed([{ op: 'replace', path, value }], stored)[acme]).toEqual({
      tokens: [
        { value: 'b', issuer: 'y' },
        { value: 'A', issuer: 'x', seen: 'today' },
      ],
    })
  })
})

describe('what was wrong before', () => {
  it('is not held against a request that does not touch it', () => {
    const stored = {
      ...ada,
      [acme]: { devices: [{ model: 'M' }] },
      'urn:example:params:scim:schemas:extension:payroll:2.0:User': { currency: 'GBP' },
    }
    expect(changed([{ op: 'replace', path: 'title', value: 'x' }], stored).title).toBe('x')
    expect(changed([{ op: 'add', path: 'costShare', value: 1 }], stored)[acme]).toEqual({
      devices: [{ model: 'M' }],
      costShare: 1,
    })
    const renamed = changed([{ op: 'replace', path: 'devices.model', value: 'N' }], stored)
    expect(renamed[acme]).toEqual({ devices: [{ model: 'N' }] })
    const more = { op: 'add', path: 'devices', value: [{ model: 'O' }] }
    expect(refusal(() => patch(user, stored, [more]))).toBe('invalidValue')
  })
})

describe('the names that notes and errors show', () => {
  const thrown = (operation: object) => {
    try {
      patch(user, ada, [operation])
    } catch (error) {
      return (error as Error).message
    }
    return ''
  }

  it('are the paths, without what is in brackets', () => {
    expect(thrown({ op: 'remove', path: 'urn:example:x:title' })).toBe(
      'urn:example:x:title is not an attribute of User',
    )
    expect(thrown({ op: 'remove', path: 'colours[shade eq "secret"]' })).toBe('colours[…] is not an attribute of User')
    expect(thrown({ op: 'remove', path: 'colours[shade eq "secret"].x' })).toBe(
      'colours[…].x is not an attribute of User',
    )
    expect(thrown({ op: 'remove', path: 'c'.repeat(200) })).toBe(`${'c'.repeat(200)} is not an attribute of User`)
    expect(thrown({ op: 'remove', path: 'c'.repeat(201) })).toBe(`${'c'.repeat(200)}… is not an attribute of User`)
  })

  it('stand in each note', () => {
    const { notes } = patch(user, ada, [
      { op: 'remove', path: 'emails[type eq "fax"]' },
      { op: 'remove', path: 'emails', value: [{ value: 'x' }] },
      { op: 'replace', value: { id: 'u1', 'name.givenName': 'Ada' } },
    ])
    expect(notes).toEqual([
      { rule: 'absentRemoval', path: 'emails[…]', detail: 'no element was selected, so there was nothing to remove' },
      {
        rule: 'removeByValue',
        path: 'emails',
        detail: 'remove with a value was read as removing these elements alone',
      },
      {
        rule: 'unchangedReadOnly',
        path: 'id',
        detail: 'a readOnly attribute came with the value it has; it was ignored',
      },
      { rule: 'dottedKeys', path: 'name.givenName', detail: 'the name of a member was read as a path' },
    ])
  })
})

describe('attributes that only sound like members', () => {
  it('are not part of the plan', () => {
    const club = defineResource({
      name: 'Club',
      endpoint: '/Clubs',
      schema: defineSchema({ id: 'urn:example:2.0:Club', name: 'Club', attributes: [{ name: 'membersNote' }] }),
      describe: () => Promise.reject(new Error('not used')),
    })
    const staff = defineExtension({
      schema: defineSchema({
        id: 'urn:example:2.0:Staff',
        name: 'Staff',
        attributes: [{ name: 'members', multiValued: true }],
      }),
      describe: () => Promise.reject(new Error('not used')),
    })
    const operations: PatchOperation[] = [
      { op: 'add', path: 'membersNote', value: 'x' },
      { op: 'add', path: 'urn:example:2.0:Staff:members', value: ['x'] },
      { op: 'add', path: 'colour', value: 'left to applyPatch' },
    ]
    expect(planMembership(club.extend(staff), operations, { rules: resolveCompatibility(), onNote() {} })).toEqual({
      operations,
      steps: [],
    })
  })
})
