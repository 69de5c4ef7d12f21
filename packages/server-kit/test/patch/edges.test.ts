import {
  defineExtension,
  enterpriseUser,
  groupResource,
  type PatchOperation,
  urns,
  userResource,
} from '@scimkit/core/schema'
import { applyPatch, type Note, parsePatchOp, resolveCompatibility } from '@scimkit/server-kit/patch'
import { describe, expect, it } from 'vitest'
import { planMembership } from '../../src/patch/plan-membership.js'
import { acme, acmeSchema, ada, enterprise, group, patch, refusal, sales, user } from './definitions.js'

const changed = (operations: readonly unknown[], resource: object = ada) => patch(user, resource, operations).resource

describe('the whole entry', () => {
  it('is lenient unless told otherwise, and takes rules that were resolved', () => {
    const operations: PatchOperation[] = [{ op: 'replace', path: 'active', value: 'False' }]
    expect(applyPatch(user, ada, operations)).toMatchObject({ active: false })
    expect(applyPatch(user, ada, operations, { compatibility: resolveCompatibility() })).toMatchObject({
      active: false,
    })
    expect(refusal(() => applyPatch(user, ada, operations, { compatibility: 'strict' }))).toBe('invalidValue')
    expect(() => applyPatch(user, ada, [], { compatibility: 'loose' as 'strict' })).toThrow(TypeError)
    expect(() => parsePatchOp([], 'loose' as 'strict')).toThrow(TypeError)
  })

  it('no operations change nothing', () => {
    expect(applyPatch(user, ada, [])).toBe(ada)
    expect(parsePatchOp([])).toEqual([])
  })

  it('keeps the type of what it is given', () => {
    const person: { displayName: string } = applyPatch(user, { displayName: 'x' }, [
      { op: 'replace', path: 'displayName', value: 'y' },
    ])
    expect(person.displayName).toBe('y')
  })

  it('checks operations that were not parsed before', () => {
    for (const operation of [null, 'add', [], { op: 'move' }, { path: 'title' }]) {
      expect(refusal(() => patch(user, ada, [operation]))).toBe('invalidSyntax')
    }
  })
})

describe('notes', () => {
  it('say what came and how it was read, without the values of attributes', () => {
    const notes: Note[] = []
    const onNote = (note: Note) => void notes.push(note)
    const operations = parsePatchOp(
      [{ Op: 'Replace', path: 'roles[primary eq "True"].value', value: ['secret'] }],
      'lenient',
      onNote,
    )
    applyPatch(user, ada, operations, { onNote })
    expect(notes).toEqual([
      { rule: 'bareOperations', detail: 'a list of operations was read as a PatchOp message' },
      { rule: 'messageKeyCase', path: 'op', detail: '"Op" was read as "op"' },
      { rule: 'opCaseInsensitive', path: 'op', detail: 'op "Replace" was read as "replace"' },
      { rule: 'stringBooleans', path: 'roles[primary]', detail: 'the string "True" was read as the boolean true' },
      { rule: 'unwrapSingleElement', path: 'roles[…].value', detail: 'a list of one element was read as that element' },
      {
        rule: 'createOnUnmatchedFilter',
        path: 'roles[…].value',
        detail: 'no element was selected; the one that the path describes was created',
      },
    ])
  })

  it('come again each time a path is read', () => {
    const operation = { op: 'replace', path: 'emails[primary eq "TRUE"].display', value: 'x' }
    expect(patch(user, ada, [operation]).rules).toEqual(['stringBooleans'])
    expect(patch(user, ada, [operation]).rules).toEqual(['stringBooleans'])
    expect(refusal(() => patch(user, ada, [operation], 'strict'))).toBe('invalidFilter')
    expect(patch(user, ada, [operation]).rules).toEqual(['stringBooleans'])
  })

  it('tell of lenient readings of a path', () => {
    const { resource, notes } = patch(user, ada, [
      { op: 'add', path: ' title', value: 'Countess' },
      { op: 'remove', path: 'emails[ type eq work]' },
    ])
    expect(resource).toMatchObject({ title: 'Countess', emails: [{ type: 'home' }] })
    expect(new Set(notes.map(({ rule, path }) => `${rule} ${path}`))).toEqual(
      new Set(['spacing path', 'bareWords path']),
    )
    expect(refusal(() => patch(user, ada, [{ op: 'add', path: ' title', value: 'x' }], 'strict'))).toBe('invalidPath')
  })

  it('what the receiver of notes throws is not taken for a wrong path', () => {
    const onNote = () => {
      throw new Error('full')
    }
    expect(() => applyPatch(user, ada, [{ op: 'remove', path: ' nickName' }], { onNote })).toThrow('full')
  })
})

describe('paths that are read once', () => {
  it('stay right when there are more of them than are kept', () => {
    for (let round = 0; round < 2; round++) {
      for (let at = 0; at < 300; at++) {
        const path = `emails[type eq "t${at}"].value`
        expect(changed([{ op: 'add', path, value: 'x' }]).emails).toHaveLength(3)
      }
    }
  })

  it('belong to their definition', () => {
    const operation = { op: 'replace', path: 'department', value: 'x' }
    expect(refusal(() => patch(user, ada, [operation]))).toBe('accepted')
    expect(refusal(() => patch(userResource, ada, [operation]))).toBe('invalidPath')
    expect(refusal(() => patch(userResource.extend(enterpriseUser), ada, [operation]))).toBe('accepted')
  })

  it('may be long, or name elements, without being kept', () => {
    const long = `emails[${Array.from({ length: 60 }, () => 'type eq "work"').join(' and ')}].value`
    for (let round = 0; round < 2; round++) {
      expect(changed([{ op: 'replace', path: long, value: 'x' }]).emails).toMatchObject([{ value: 'x' }, {}])
      const named = [{ op: 'replace', path: 'emails[VALUE eq "ada@home.example"].display', value: 'x' }]
      expect(changed(named).emails).toMatchObject([{}, { display: 'x' }])
    }
  })

  it('a filter beyond the limits is invalidFilter', () => {
    const path = `emails[${Array.from({ length: 300 }, () => 'type pr').join(' and ')}]`
    expect(refusal(() => patch(user, ada, [{ op: 'remove', path }]))).toBe('invalidFilter')
  })
})

describe('resources that are not quite right', () => {
  it('a single value in the place of a list is a list of one', () => {
    const stored = { ...ada, emails: { value: 'a', type: 'work' } }
    const added = changed([{ op: 'add', path: 'emails', value: [{ value: 'b' }] }], stored)
    expect(added.emails).toEqual([{ value: 'a', type: 'work' }, { value: 'b' }])
    expect(changed([{ op: 'remove', path: 'emails[type eq "work"]' }], stored).emails).toBeUndefined()
  })

  it('an element or a value that is not an object is written over', () => {
    const stored = { ...ada, emails: ['a'], name: 'Ada', [enterprise]: 'x' }
    const operations = [
      { op: 'replace', path: 'emails.type', value: 'other' },
      { op: 'replace', path: 'name.givenName', value: 'Ada' },
      { op: 'replace', path: 'department', value: 'Engines' },
    ]
    expect(changed(operations, stored)).toMatchObject({
      emails: [{ type: 'other' }],
      name: { givenName: 'Ada' },
      [enterprise]: { department: 'Engines' },
    })
    expect(changed([{ op: 'add', path: 'emails', value: [{ type: 'x' }] }], stored).emails).toEqual([
      'a',
      { type: 'x' },
    ])
    expect(changed([{ op: 'add', path: 'name', value: { givenName: 'Ada' } }], stored).name).toEqual({
      givenName: 'Ada',
    })
  })

  it('attributes that no schema knows stay', () => {
    const stored = { ...ada, colour: 'red', [acme]: { shade: 'dark', costShare: 1 }, schemas: [urns.user, acme] }
    const after = changed([{ op: 'replace', path: 'costShare', value: 2 }], stored)
    expect(after).toEqual({ ...stored, [acme]: { shade: 'dark', costShare: 2 } })
  })
})

describe('required extensions', () => {
  const badge = defineExtension({ schema: acmeSchema, describe: () => Promise.reject(new Error('not used')) })
  const strictUser = userResource.extend(badge, { required: true })
  const stored = { schemas: [urns.user, acme], userName: 'ada', [acme]: { costShare: 1 } }

  it('cannot be removed, as a whole, by schemas or by their last attribute', () => {
    for (const operation of [
      { op: 'remove', path: acme },
      { op: 'replace', path: acme, value: null },
      { op: 'remove', path: 'schemas', value: [acme] },
      { op: 'remove', path: `${acme}:costShare` },
    ]) {
      expect(refusal(() => patch(strictUser, stored, [operation]))).toBe('mutability')
    }
  })

  it('may lose their last attribute for a moment', () => {
    const operations = [
      { op: 'remove', path: `${acme}:costShare` },
      { op: 'add', path: `${acme}:site`, value: '../sites/1' },
    ]
    expect(patch(strictUser, stored, operations).resource[acme]).toEqual({ site: '../sites/1' })
  })
})

describe('schemas', () => {
  it('that change nothing give the same reference', () => {
    expect(changed([{ op: 'remove', path: 'schemas', value: [acme] }])).toBe(ada)
    expect(changed([{ op: 'add', path: 'schemas', value: 'urn:example:unknown' }])).toBe(ada)
    expect(changed([{ op: 'add', path: 'schemas', value: null }])).toBe(ada)
  })

  it('keep what a removed extension holds beyond a client’s reach', () => {
    const stored = { ...ada, schemas: [urns.user, acme], [acme]: { clearance: 'top', costShare: 1 } }
    const after = changed([{ op: 'remove', path: 'schemas', value: [acme] }], stored)
    expect(after).toMatchObject({ schemas: [urns.user, acme], [acme]: { clearance: 'top' } })
  })
})

describe('values inside values', () => {
  it('an empty list or null inside an object unassigns there', () => {
    const stored = changed([{ op: 'add', path: `${acme}:office`, value: { building: 'B', rooms: ['R1'], floor: 2 } }])
    const after = changed([{ op: 'replace', path: `${acme}:office`, value: { rooms: [], floor: null } }], stored)
    expect(after[acme]).toEqual({ office: { building: 'B' } })
    const created = changed([{ op: 'add', path: `${acme}:devices`, value: [{ serial: 'S', ports: [], model: null }] }])
    expect(created[acme]).toEqual({ devices: [{ serial: 'S' }] })
  })

  it('two primaries in one operation are settled before they meet the list', () => {
    const value = [
      { value: 'a', primary: true },
      { value: 'b', primary: true },
    ]
    const once = changed([{ op: 'add', path: 'phoneNumbers', value }])
    expect(once.phoneNumbers).toEqual([
      { value: 'a', primary: false },
      { value: 'b', primary: true },
    ])
    expect(changed([{ op: 'add', path: 'phoneNumbers', value }], once)).toBe(once)
  })

  it('a sub-attribute may take the last place of its element', () => {
    const stored = { ...ada, phoneNumbers: [{ value: '1' }, { value: '2', type: 'work' }] }
    expect(changed([{ op: 'remove', path: 'phoneNumbers.value' }], stored).phoneNumbers).toEqual([{ type: 'work' }])
  })
})

describe('members as a relation', () => {
  const rules = resolveCompatibility()

  it('are those of the group itself, not of an extension', () => {
    const staff = defineExtension({
      schema: { ...acmeSchema, id: 'urn:example:members:2.0:Group' },
      describe: () => Promise.reject(new Error('not used')),
    })
    const operations: PatchOperation[] = [
      { op: 'add', path: 'urn:example:members:2.0:Group:skills', value: ['x'] },
      { op: 'add', path: 'urn:example:members:2.0:Group', value: { skills: ['y'] } },
    ]
    expect(planMembership(groupResource.extend(staff), operations, { rules, onNote() {} })).toEqual({
      operations,
      steps: [],
    })
  })

  it('the plan leads to the same members as the engine', () => {
    const requests: PatchOperation[][] = [
      [{ op: 'add', path: 'members', value: [{ value: 'u3' }, { value: 'u1', display: 'x' }] }],
      [
        { op: 'remove', path: 'members[value eq "u1"]' },
        { op: 'add', path: 'members', value: { value: 'u1' } },
      ],
      [{ op: 'replace', path: 'members', value: [{ value: 'u2' }, { value: 'u9' }] }],
      [{ op: 'remove', path: 'members', value: [{ value: 'u2', display: 'x' }] }],
      [
        { op: 'remove', path: 'members' },
        { op: 'add', value: { members: [{ value: 'u5' }] } },
      ],
      [{ op: 'replace', value: { members: null, displayName: 'x' } }],
    ]
    for (const operations of requests) {
      const engine = (applyPatch(group, sales, operations) as { members?: { value: string }[] }).members ?? []
      let ids = new Set(['u1', 'u2'])
      for (const step of planMembership(group, operations, { rules, onNote() {} }).steps) {
        if (step.kind === 'add') for (const { value } of step.members) ids.add(value)
        else if (step.kind === 'remove') for (const id of step.ids) ids.delete(id)
        else if (step.kind === 'replace') ids = new Set(step.members.map(({ value }) => value))
        else if (step.kind === 'removeAll') ids = new Set()
      }
      expect([...ids].sort()).toEqual(engine.map(({ value }) => value).sort())
    }
  })
})
