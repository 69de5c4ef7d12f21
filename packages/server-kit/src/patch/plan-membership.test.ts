import { defineExtension, defineSchema, urns } from '@scimkit/core/schema'
import { parseFilter } from '@scimkit/filter-parser'
import { describe, expect, it } from 'vitest'
import { deepFreeze, group, refusal } from '../../test/patch/definitions.js'
import { resolveCompatibility } from '../compatibility/resolve-compatibility.js'
import type { MembershipStep } from './membership-step.js'
import { parsePatchOp } from './parse-patch-op.js'
import { joinSteps, planMembership } from './plan-membership.js'

function plan(operations: readonly object[], compatibility: 'lenient' | 'strict' | 'interop' = 'lenient') {
  const rules = resolveCompatibility(compatibility)
  return planMembership(group, parsePatchOp({ schemas: [urns.patchOp], Operations: operations }, rules), {
    rules,
    onNote() {},
  })
}

const steps = (...operations: object[]) => plan(operations).steps
const refused = (...operations: object[]) => refusal(() => plan(operations))

describe('what providers send', () => {
  const cases: { name: string; given: object[]; want: unknown }[] = [
    {
      name: 'E22 add with $ref null',
      given: [{ op: 'Add', path: 'members', value: [{ $ref: null, value: 'u1' }] }],
      want: [{ kind: 'add', members: [{ value: 'u1' }] }],
    },
    {
      name: 'E23, J3 remove by value',
      given: [{ op: 'remove', path: 'members', value: [{ $ref: null, value: 'u1' }, { value: 'u2' }] }],
      want: [{ kind: 'remove', ids: ['u1', 'u2'] }],
    },
    {
      name: 'E24 remove by filter',
      given: [{ op: 'remove', path: 'members[value eq "u1"]' }],
      want: [{ kind: 'remove', ids: ['u1'] }],
    },
    {
      name: 'remove by a filter of several ids',
      given: [{ op: 'remove', path: 'MEMBERS[VALUE eq "u1" or value eq "u2" or (value eq "u1")]' }],
      want: [{ kind: 'remove', ids: ['u1', 'u2'] }],
    },
    {
      name: 'O12 remove and add, in this order',
      given: [
        { op: 'remove', path: 'members[value eq "u1"]' },
        { op: 'add', path: 'members', value: [{ value: 'u2', display: 'grace@example.com' }] },
      ],
      want: [
        { kind: 'remove', ids: ['u1'] },
        { kind: 'add', members: [{ value: 'u2', display: 'grace@example.com' }] },
      ],
    },
    {
      name: 'O13 full push',
      given: [
        { op: 'replace', path: 'members', value: [{ value: 'u1' }, { value: 'u2' }, { value: 'u1', display: 'x' }] },
      ],
      want: [{ kind: 'replace', members: [{ value: 'u1' }, { value: 'u2' }] }],
    },
    { name: 'remove of all', given: [{ op: 'remove', path: 'members' }], want: [{ kind: 'removeAll' }] },
    {
      name: 'replace by nothing',
      given: [{ op: 'replace', path: 'members', value: [] }],
      want: [{ kind: 'removeAll' }],
    },
    {
      name: 'replace by null',
      given: [{ op: 'replace', path: 'members', value: null }],
      want: [{ kind: 'removeAll' }],
    },
    { name: 'add of nothing', given: [{ op: 'add', path: 'members', value: [] }], want: [] },
    { name: 'remove of an empty list', given: [{ op: 'remove', path: 'members', value: [] }], want: [] },
    {
      name: 'one element without a list',
      given: [{ op: 'add', path: `${urns.group}:members`, value: { value: 'u1', type: 'User' } }],
      want: [{ kind: 'add', members: [{ value: 'u1', type: 'User' }] }],
    },
    {
      name: 'a filter that does not name ids',
      given: [{ op: 'remove', path: 'members[type eq "User"]' }],
      want: [{ kind: 'removeWhere', filter: parseFilter('type eq "User"') }],
    },
    {
      name: 'ids beside another term',
      given: [{ op: 'remove', path: 'members[value eq "u1" or display sw "A"]' }],
      want: [{ kind: 'removeWhere', filter: parseFilter('value eq "u1" or display sw "A"') }],
    },
    {
      name: 'another operator on the id',
      given: [{ op: 'remove', path: 'members[value ne "u1"]' }],
      want: [{ kind: 'removeWhere', filter: parseFilter('value ne "u1"') }],
    },
    {
      name: 'a comparison with null',
      given: [{ op: 'remove', path: 'members[value eq null]' }],
      want: [{ kind: 'removeWhere', filter: parseFilter('value eq null') }],
    },
    {
      name: 'add through a filter that names the member',
      given: [{ op: 'add', path: 'members[value eq "u1"]', value: { type: 'User' } }],
      want: [{ kind: 'add', members: [{ value: 'u1', type: 'User' }] }],
    },
    {
      name: 'add of the id through its own filter',
      given: [{ op: 'add', path: 'members[value eq "u1"].value', value: 'u1' }],
      want: [{ kind: 'add', members: [{ value: 'u1' }] }],
    },
    {
      name: 'unassignment through a filter',
      given: [{ op: 'replace', path: 'members[value eq "u1"]', value: null }],
      want: [{ kind: 'remove', ids: ['u1'] }],
    },
    {
      name: 'nothing added through a filter',
      given: [{ op: 'add', path: 'members[value eq "u1"]', value: null }],
      want: [],
    },
  ]
  it.each(cases)('$name', ({ given, want }) => {
    expect(plan(given)).toEqual({ operations: [], steps: want })
  })
})

describe('operations on other attributes', () => {
  it('are passed on as they are, in their order', () => {
    const rename = { op: 'replace', path: 'displayName', value: 'members' }
    const { operations, steps: written } = plan([
      rename,
      { op: 'add', path: 'members', value: [{ value: 'u1' }] },
      { op: 'add', path: 'externalId', value: 'x' },
    ])
    expect(operations).toEqual([rename, { op: 'add', path: 'externalId', value: 'x' }])
    expect(written).toEqual([{ kind: 'add', members: [{ value: 'u1' }] }])
  })

  it('O11: a value without path is split', () => {
    const value = {
      id: 'g1',
      Members: [{ value: 'u1' }],
      displayName: 'Sales EU',
      'members[value eq "u2"]': { value: 'u2' },
    }
    expect(plan([{ op: 'add', value }])).toEqual({
      operations: [{ op: 'add', value: { id: 'g1', displayName: 'Sales EU' } }],
      steps: [{ kind: 'add', members: [{ value: 'u1' }, { value: 'u2' }] }],
    })
    expect(plan([{ op: 'replace', value: { members: [{ value: 'u1' }] } }])).toEqual({
      operations: [],
      steps: [{ kind: 'replace', members: [{ value: 'u1' }] }],
    })
  })

  it('a value without path and without members stays the same operation', () => {
    const rules = resolveCompatibility()
    const operations = parsePatchOp([{ op: 'replace', value: { displayName: 'x' } }], rules)
    expect(planMembership(group, operations, { rules, onNote() {} }).operations[0]).toBe(operations[0])
  })

  it('a path that only looks like members is left to applyPatch', () => {
    const operation = { op: 'add', path: 'urn:members:displayName', value: 'x' }
    expect(refused(operation)).toBe('invalidPath')
    const rules = resolveCompatibility()
    const removal = [{ op: 'remove', value: { members: [] } }] as never
    expect(planMembership(group, removal, { rules, onNote() {} }).operations).toEqual(removal)
  })
})

describe('neighbouring steps', () => {
  it('of one kind are one write', () => {
    const add = (value: string) => ({ op: 'add', path: 'members', value: [{ value }] })
    const remove = (id: string) => ({ op: 'remove', path: `members[value eq "${id}"]` })
    expect(steps(add('u1'), add('u2'), add('u1'), remove('u3'), remove('u4'), remove('u3'), add('u5'))).toEqual([
      { kind: 'add', members: [{ value: 'u1' }, { value: 'u2' }] },
      { kind: 'remove', ids: ['u3', 'u4'] },
      { kind: 'add', members: [{ value: 'u5' }] },
    ])
  })

  it('other than add and remove are kept apart', () => {
    const replace = (value: string) => ({ op: 'replace', path: 'members', value: [{ value }] })
    expect(steps(replace('u1'), replace('u2'), { op: 'remove', path: 'members' })).toEqual([
      { kind: 'replace', members: [{ value: 'u1' }] },
      { kind: 'replace', members: [{ value: 'u2' }] },
      { kind: 'removeAll' },
    ])
  })
})

describe('what is refused', () => {
  const withoutId = [[{}], [{ display: 'x' }], [{ value: '' }], [null], [{ value: 'u1' }, {}], {}, [{ value: null }]]
  it.each(withoutId.map((value) => ({ value })))('a member without id is invalidValue: $value', ({ value }) => {
    expect(refused({ op: 'add', path: 'members', value })).toBe('invalidValue')
    expect(refused({ op: 'replace', path: 'members', value })).toBe('invalidValue')
    expect(refused({ op: 'add', value: { members: value } })).toBe('invalidValue')
  })

  it.each([[[{ value: 5 }]], [5], [[['u1']]]])('so is one of a wrong type: %j', (value) => {
    expect(refused({ op: 'add', path: 'members', value })).toBe('invalidValue')
  })

  it('a member is not altered in place', () => {
    expect(refused({ op: 'replace', path: 'members.display', value: 'x' })).toBe('mutability')
    expect(refused({ op: 'remove', path: 'members.value' })).toBe('mutability')
    expect(refused({ op: 'remove', path: 'members[value eq "u1"].display' })).toBe('mutability')
    expect(refused({ op: 'replace', path: 'members[value eq "u1"].display', value: null })).toBe('mutability')
    expect(refused({ op: 'replace', path: 'members[value eq "u1"].displayName', value: 'x' })).toBe('invalidPath')
  })
})

describe('steps that only require', () => {
  const filter = parseFilter('value eq "u1"')

  it('a member that is replaced by itself has to be there', () => {
    const required = { kind: 'require', filter, ids: ['u1'], refusal: undefined }
    expect(steps({ op: 'replace', path: 'members[value eq "u1"]', value: { value: 'u1', display: 'x' } })).toEqual([
      required,
    ])
    expect(steps({ op: 'replace', path: 'members[value eq "u1"].value', value: 'u1' })).toEqual([required])
    expect(steps({ op: 'replace', path: 'members[value eq "u1"]', value: {} })).toEqual([required])
  })

  it('one that would be altered is refused where it is there', () => {
    const altering = [
      { op: 'replace', path: 'members[value eq "u1"]', value: { value: 'u2' } },
      { op: 'replace', path: 'members[value eq "u1"].value', value: 'u2' },
      { op: 'add', path: 'members[value eq "u1"]', value: { value: 'u2' } },
    ]
    for (const operation of altering) {
      const refusal = expect.objectContaining({ status: 400, scimType: 'mutability' })
      expect(steps(operation)).toEqual([{ kind: 'require', filter, ids: ['u1'], refusal }])
    }
  })

  it('PA-5: a display may be given to one that has none', () => {
    const refusal = expect.objectContaining({ status: 400, scimType: 'mutability' })
    const named = { kind: 'name', filter, ids: ['u1'], member: { value: 'u1', display: 'x' }, refusal }
    for (const op of ['add', 'replace']) {
      expect(plan([{ op, path: 'members[value eq "u1"].display', value: 'x' }], 'strict').steps).toEqual([named])
    }
    expect(steps({ op: 'replace', path: 'members[value eq "u1"]', value: { display: 'x' } })).toEqual([named])
  })

  it('several members, or any that a filter finds, cannot be made', () => {
    const several = parseFilter('value eq "u1" or value eq "u2"')
    expect(steps({ op: 'add', path: 'members[value eq "u1" or value eq "u2"]', value: { value: 'u1' } })).toMatchObject(
      [{ kind: 'require', filter: several, ids: ['u1', 'u2'], refusal: { scimType: 'mutability' } }],
    )
    expect(steps({ op: 'replace', path: 'members[type eq "User"].display', value: 'x' })).toMatchObject([
      { kind: 'require', filter: parseFilter('type eq "User"'), refusal: { scimType: 'mutability' } },
    ])
    expect(steps({ op: 'add', path: 'members[type eq "User"]', value: { value: 'u1' } })).toMatchObject([
      { kind: 'require', filter: parseFilter('type eq "User"'), ids: undefined, refusal: { scimType: 'mutability' } },
    ])
  })

  it('strict: what is removed or completed through a filter has to be there', () => {
    expect(plan([{ op: 'remove', path: 'members[value eq "u1"]' }], 'strict').steps).toEqual([
      { kind: 'require', filter, ids: ['u1'] },
      { kind: 'remove', ids: ['u1'] },
    ])
    const add = { op: 'add', path: 'members[value eq "u1"]', value: { value: 'u1' } }
    expect(plan([add], 'strict').steps).toEqual([{ kind: 'require', filter, ids: ['u1'], refusal: undefined }])
  })

  it('strict: the value of remove has no meaning', () => {
    const remove = { op: 'remove', path: 'members', value: [{}] }
    expect(plan([remove], 'strict').steps).toEqual([{ kind: 'removeAll' }])
  })

  it('interop: a filter ends in a sub-attribute', () => {
    const remove = { op: 'remove', path: 'members[value eq "u1"]' }
    expect(refusal(() => plan([remove], 'interop'))).toBe('invalidPath')
  })
})

describe('notes', () => {
  it('tell which rules were needed', () => {
    const rules = resolveCompatibility()
    const needed: string[] = []
    const operations = parsePatchOp([{ op: 'remove', path: 'members', value: { value: 'u1' } }], rules)
    planMembership(group, operations, { rules, onNote: ({ rule }) => needed.push(rule) })
    expect(needed).toEqual(['removeByValue'])
  })
})

describe('what a refusal says', () => {
  const withoutId = 'members: each element needs the id as its value'
  const altered = 'members[…].display: a member cannot be altered; remove it and add another'
  const cases: { given: object; want: string; compatibility?: 'interop' }[] = [
    { given: { op: 'add', path: 'members', value: [{ display: 'x' }] }, want: withoutId },
    { given: { op: 'add', path: 'members', value: [{}] }, want: withoutId },
    { given: { op: 'remove', path: 'members[value eq "u1"].display' }, want: altered },
    {
      given: { op: 'remove', path: 'members[value eq "u1"]' },
      compatibility: 'interop',
      want: 'members[…] must end in a sub-attribute',
    },
    { given: { op: 'remove', path: 'members[value' }, want: 'path expected space at position 13' },
  ]
  it.each(cases)('$want', ({ given, want, compatibility }) => {
    expect(() => plan([given], compatibility)).toThrow(expect.objectContaining({ status: 400, message: want }))
  })
})

it('an attribute of an extension may be called members too, and is not a membership', () => {
  const schema = defineSchema({ id: 'urn:example:club', name: 'Club', attributes: [{ name: 'members' }] })
  const club = group.extend(defineExtension({ schema, describe: () => Promise.reject(new Error('not used')) }))
  const operations = [
    { op: 'replace' as const, path: 'urn:example:club:members', value: 'many' },
    { op: 'add' as const, value: { 'urn:example:club:members': 'few', members: [{ value: 'u1' }] } },
  ]
  const planned = planMembership(club, operations, { rules: resolveCompatibility(), onNote() {} })
  expect(planned.steps).toEqual([{ kind: 'add', members: [{ value: 'u1' }] }])
  expect(planned.operations).toEqual([operations[0], { op: 'add', value: { 'urn:example:club:members': 'few' } }])
})

describe('joinSteps', () => {
  it('leaves the given steps as they are', () => {
    const steps = deepFreeze<MembershipStep[]>([
      { kind: 'add', members: [{ value: 'u1' }] },
      { kind: 'add', members: [{ value: 'u2' }, { value: 'u1', display: 'x' }] },
      { kind: 'remove', ids: ['u3'] },
      { kind: 'remove', ids: ['u4', 'u3'] },
      { kind: 'replace', members: [{ value: 'u5' }, { value: 'u5' }] },
      { kind: 'removeAll' },
    ])
    expect(joinSteps(steps)).toEqual([
      { kind: 'add', members: [{ value: 'u1' }, { value: 'u2' }] },
      { kind: 'remove', ids: ['u3', 'u4'] },
      { kind: 'replace', members: [{ value: 'u5' }] },
      { kind: 'removeAll' },
    ])
  })
})
