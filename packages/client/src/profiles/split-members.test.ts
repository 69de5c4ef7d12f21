import { type PatchOperation, urns } from '@scimkit/core/schema'
import { describe, expect, test } from 'vitest'
import type { Call } from '../transport/call.js'
import { createScope } from '../transport/call.js'
import { countMembers, nestMembers, rootOf, separateMembers, splitMembers } from './split-members.js'

const members = (...ids: string[]) => ids.map((value) => ({ value }))
const add = (...ids: string[]): PatchOperation => ({ op: 'add', path: 'members', value: members(...ids) })
const remove = (id: string): PatchOperation => ({ op: 'remove', path: `members[value eq "${id}"]` })
const rename: PatchOperation = { op: 'replace', path: 'displayName', value: 'x' }
const refuse = (sentence: string): never => {
  throw new TypeError(sentence)
}

describe('a PATCH of a group, at most 3 members at once', () => {
  const table: readonly { name: string; given: readonly PatchOperation[]; want: readonly unknown[] }[] = [
    { name: 'nothing', given: [], want: [[]] },
    { name: 'as many as fit', given: [add('1', '2', '3'), rename], want: [[add('1', '2', '3'), rename]] },
    {
      name: 'a long list',
      given: [add('1', '2', '3', '4', '5', '6', '7')],
      want: [[add('1', '2', '3')], [add('4', '5', '6')], [add('7')]],
    },
    {
      name: 'a list that fills up what is left',
      given: [add('1', '2'), add('3', '4')],
      want: [[add('1', '2'), add('3')], [add('4')]],
    },
    {
      name: 'single removals',
      given: ['1', '2', '3', '4'].map(remove),
      want: [[remove('1'), remove('2'), remove('3')], [remove('4')]],
    },
    {
      name: 'what changes no members stays where it is',
      given: [rename, add('1', '2', '3'), rename, add('4'), rename],
      want: [
        [rename, add('1', '2', '3'), rename],
        [add('4'), rename],
      ],
    },
    {
      name: 'members in a value without path',
      given: [{ op: 'add', value: { displayName: 'x', members: members('1', '2', '3', '4') } }],
      want: [[{ op: 'add', value: { displayName: 'x' } }, add('1', '2', '3')], [add('4')]],
    },
    {
      name: 'a replacement that fits moves to the next part as a whole',
      given: [add('1', '2'), { op: 'replace', path: 'members', value: members('3', '4') }],
      want: [[add('1', '2')], [{ op: 'replace', path: 'members', value: members('3', '4') }]],
    },
  ]
  test.each(table)('is cut: $name', ({ given, want }) => {
    expect(splitMembers(given, 3, refuse)).toEqual(want)
  })

  test('is refused where it replaces more, since the first part would remove the rest', () => {
    const operation: PatchOperation = { op: 'replace', path: 'members', value: members('1', '2', '3', '4') }
    expect(() => splitMembers([operation], 3, refuse)).toThrow('replaces at most 3 members in one PATCH')
  })

  test('keeps order and number of all changes, however few fit', () => {
    const given = [add('1', '2', '3', '4', '5'), remove('6'), add('7', '8'), rename]
    for (let most = 1; most < 9; most++) {
      const parts = splitMembers(given, most, refuse)
      const ids = parts.flat().flatMap(({ path, value }) => (Array.isArray(value) ? value : [{ value: path }]))
      expect(ids).toEqual([
        ...members('1', '2', '3', '4', '5'),
        { value: remove('6').path },
        ...members('7', '8'),
        { value: 'displayName' },
      ])
      expect(Math.max(...parts.map(countMembers))).toBeLessThanOrEqual(most)
    }
  })
})

describe('the members that operations change', () => {
  const table: readonly { name: string; given: PatchOperation; want: number }[] = [
    { name: 'a list', given: add('1', '2'), want: 2 },
    { name: 'one object', given: { op: 'add', path: 'Members', value: { value: '1' } }, want: 1 },
    { name: 'one that a filter selects', given: remove('1'), want: 1 },
    { name: 'all of them at once', given: { op: 'remove', path: 'members' }, want: 0 },
    { name: 'named by the URN', given: { op: 'add', path: `${urns.group}:members`, value: members('1') }, want: 1 },
    { name: 'another attribute', given: rename, want: 0 },
    { name: 'in a value', given: { op: 'add', value: { MEMBERS: members('1', '2', '3') } }, want: 3 },
    { name: 'in no value', given: { op: 'add', value: null }, want: 0 },
  ]
  test.each(table)('are counted: $name', ({ given, want }) => {
    expect(countMembers([given])).toBe(want)
  })
})

test('an operation is taken apart only where its value holds members', () => {
  const whole: PatchOperation = { op: 'add', value: { displayName: 'x' } }
  expect(separateMembers(whole)).toEqual([whole])
  expect(separateMembers(rename)).toEqual([rename])
  expect(separateMembers({ op: 'add', value: { members: [] } })).toEqual([{ op: 'add', path: 'members', value: [] }])
})

test('the attribute of a path is found whatever follows it', () => {
  const paths = ['members', 'Members[value eq "1"]', 'members.value', `${urns.group.toUpperCase()}:displayName`]
  expect(paths.map(rootOf)).toEqual(['members', 'members', 'members', 'displayname'])
})

describe('members that a server wants inside of the value', () => {
  const scope = createScope({}, { timeout: 1, budget: 1 })
  const call = (changes: Partial<Call>): Call => ({ method: 'PATCH', path: '/Groups/1', scope, ...changes })
  const nested = (value: unknown) => ({ Operations: [{ op: 'add', path: 'members', value }] })

  test('are put there, a single one as a list', () => {
    expect(nestMembers(call({ body: nested(members('1')) })).body).toEqual(nested({ members: members('1') }))
    expect(nestMembers(call({ body: nested({ value: '1' }) })).body).toEqual(nested({ members: members('1') }))
  })

  test.each([
    { name: 'already there', given: call({ body: nested({ members: members('1') }) }) },
    { name: 'removed', given: call({ body: { Operations: [remove('1')] } }) },
    { name: 'replaced', given: call({ body: { Operations: [{ op: 'replace', path: 'members', value: [] }] } }) },
    { name: 'of a user', given: call({ path: '/Users/1', body: nested(members('1')) }) },
    { name: 'of a new group', given: call({ method: 'POST', path: '/Groups/', body: nested(members('1')) }) },
    { name: 'without a body', given: call({}) },
    { name: 'without operations', given: call({ body: { Operations: null } }) },
  ])('stay as they are: $name', ({ given }) => {
    expect(nestMembers(given)).toEqual(given)
  })
})
