import { describe, expect, it } from 'vitest'
import { acme, ada, enterprise, group, patch, refusal, sales, user } from '../../test/patch/definitions.js'
import { applyPatch } from '../patch.js'

type Operations = readonly unknown[]

const changed = (operations: Operations, resource: object = ada) => patch(user, resource, operations).resource
const refused = (operations: Operations, resource: object = ada) => refusal(() => patch(user, resource, operations))

describe('PA-5: mutability', () => {
  const readOnly: { path: string; value: unknown }[] = [
    { path: 'id', value: 'u9' },
    { path: 'meta', value: { version: '9' } },
    { path: 'meta.version', value: '9' },
    { path: 'groups', value: [{ value: 'g9' }] },
    { path: 'groups[value eq "g1"].display', value: 'Owners' },
    { path: 'groups[value eq "g1"]', value: { display: 'Owners' } },
    { path: 'groups.display', value: 'Sales' },
    { path: `${enterprise}:manager.displayName`, value: 'Babbage' },
    { path: `${acme}:clearance`, value: 'top' },
    { path: `${acme}:grants`, value: [{ value: 'x' }] },
  ]
  it.each(readOnly)('a readOnly attribute cannot be written: $path', ({ path, value }) => {
    expect(refused([{ op: 'add', path, value }])).toBe('mutability')
    expect(refused([{ op: 'replace', path, value }])).toBe('mutability')
    expect(refused([{ op: 'remove', path }])).toBe('mutability')
  })

  it('nor in a value without path, under any form of its name', () => {
    expect(refused([{ op: 'replace', value: { ID: 'u9' } }])).toBe('mutability')
    expect(refused([{ op: 'replace', value: { [`${acme}:clearance`]: 'top' } }])).toBe('mutability')
    expect(refused([{ op: 'add', value: { [acme]: { clearance: 'top' } } }])).toBe('mutability')
    expect(refused([{ op: 'add', path: acme, value: { clearance: 'top' } }])).toBe('mutability')
  })

  it('the value that it has already changes nothing', () => {
    const same = [
      { op: 'replace', path: 'id', value: 'u1' },
      { op: 'add', path: 'id', value: 'u1' },
      { op: 'replace', path: 'meta', value: { resourceType: 'User', location: null } },
      { op: 'replace', path: 'meta.version', value: '1' },
      { op: 'replace', path: 'groups', value: [{ value: 'g1', display: 'Sales' }] },
      { op: 'replace', path: `${enterprise}:manager.displayName`, value: 'Charles' },
      { op: 'replace', path: `${acme}:grants`, value: [] },
    ]
    for (const operation of same) {
      const { resource, rules } = patch(user, ada, [operation])
      expect(resource).toBe(ada)
      expect(rules).toEqual(['unchangedReadOnly'])
    }
    expect(refused([{ op: 'replace', path: 'meta', value: { colour: 'red' } }])).toBe('mutability')
    expect(refused([{ op: 'replace', path: 'id', value: 'U1' }])).toBe('mutability')
  })

  const readOnlyAlone: { path: string; value: unknown }[] = [
    { path: `${enterprise}:manager`, value: { displayName: 'Babbage' } },
    { path: `${enterprise}:manager`, value: { DISPLAYNAME: 'Babbage' } },
    { path: `${acme}:office`, value: { occupancy: 3 } },
    { path: `${acme}:devices`, value: [{ lastSeen: '2026-01-01T00:00:00Z' }] },
    { path: `${acme}:tokens`, value: [{ value: 'a' }, { seen: 'x' }] },
  ]
  it.each(readOnlyAlone)('readOnly parts alone are judged as their own path is: $path', ({ path, value }) => {
    for (const op of ['add', 'replace']) {
      for (const compatibility of ['lenient', 'strict'] as const) {
        const refuse = (operation: object) => refusal(() => patch(user, ada, [operation], compatibility))
        expect(refuse({ op, path, value })).toBe('mutability')
        expect(
          refuse({
            op,
            value: { [path.slice(0, path.lastIndexOf(':'))]: { [path.slice(path.lastIndexOf(':') + 1)]: value } },
          }),
        ).toBe('mutability')
      }
    }
  })

  it('readOnly parts are ignored beside others, and alone where they repeat what is there', () => {
    const manager = `${enterprise}:manager`
    const beside = changed([{ op: 'replace', path: manager, value: { value: 'u7', displayName: 'Babbage' } }])
    expect(beside[enterprise]).toMatchObject({ manager: { value: 'u7', displayName: 'Charles' } })
    const same = { op: 'replace', path: manager, value: { displayName: 'Charles' } }
    const { resource, rules } = patch(user, ada, [same])
    expect([resource === ada, rules]).toEqual([true, ['unchangedReadOnly']])
    expect(refusal(() => patch(user, ada, [same], 'strict'))).toBe('mutability')
    expect(changed([{ op: 'add', path: manager, value: { displayName: null } }])).toBe(ada)
  })

  it('"no value", in any form, does not repeat a value', () => {
    for (const value of [null, {}, { location: null }]) {
      expect(refused([{ op: 'replace', path: 'meta', value }])).toBe('mutability')
      expect(refused([{ op: 'replace', value: { meta: value } }])).toBe('mutability')
      expect(patch(user, { userName: 'ada' }, [{ op: 'replace', path: 'meta', value }]).rules).toEqual([
        'unchangedReadOnly',
      ])
    }
    expect(refused([{ op: 'replace', path: 'groups', value: [] }])).toBe('mutability')
  })

  it('a client may know less of the elements than the server, but not fewer or others', () => {
    const groups = [
      { value: 'g1', display: 'Sales' },
      { value: 'g2', display: 'Owners' },
    ]
    const given = (value: unknown) => refused([{ op: 'replace', path: 'groups', value }], { ...ada, groups })
    expect(given([{ value: 'g2' }, { value: 'g1', display: 'Sales', $ref: null }])).toBe('accepted')
    expect(given([{ value: 'g1' }])).toBe('mutability')
    expect(given([{ value: 'g1' }, { value: 'g3' }])).toBe('mutability')
    expect(given([{ value: 'g1' }, { value: 'g2', display: 'Others' }])).toBe('mutability')
    expect(given({ value: 'g1' })).toBe('mutability')
    expect(given('g1')).toBe('mutability')
  })

  it('a whole resource may be sent back as it was returned', () => {
    const returned = {
      ...ada,
      meta: { ...(ada.meta as object), version: 'W/"1"', location: 'https://example.com/scim/v2/Users/u1' },
      groups: [{ value: 'g1', display: 'Sales', $ref: 'https://example.com/scim/v2/Groups/g1', type: 'direct' }],
      [acme]: { clearance: 'top', grants: [{ value: 'x' }] },
    }
    const { groups, ...stored } = ada
    const patchReturned = (value: object, compatibility: 'lenient' | 'strict' = 'lenient') => {
      const notes: string[] = []
      const onNote = (note: { path?: string | undefined; rule: string }) => void notes.push(`${note.rule} ${note.path}`)
      const operations = [{ op: 'replace' as const, value }]
      return { resource: applyPatch(user, stored, operations, { compatibility, returned, onNote }), notes }
    }
    const same = patchReturned(returned)
    expect(same.resource).toBe(stored)
    const passed = ['id', 'meta', 'groups', `${acme}:clearance`, `${acme}:grants`]
    expect(same.notes.sort()).toEqual(passed.map((path) => `unchangedReadOnly ${path}`).sort())
    expect(patchReturned({ ...returned, title: 'Countess' }).resource).toEqual({ ...stored, title: 'Countess' })
    expect(groups).toEqual(ada.groups)
    for (const value of [{ ...returned, meta: { version: 'W/"2"' } }, { groups: [{ value: 'g2' }] }, { id: 'u2' }]) {
      expect(refusal(() => patchReturned(value))).toBe('mutability')
    }
    expect(refusal(() => patchReturned(returned, 'strict'))).toBe('mutability')
  })

  it('readOnly sub-attributes inside an object are dropped', () => {
    const value = { value: 'u7', displayName: 'Forged' }
    const { resource } = patch(user, ada, [{ op: 'replace', path: 'manager', value }])
    expect(resource[enterprise]).toEqual({ department: 'Engines', manager: { value: 'u7', displayName: 'Charles' } })
  })

  it('an immutable attribute is set once', () => {
    const once = changed([{ op: 'add', path: `${acme}:badgeNumber`, value: 7 }])
    expect(once[acme]).toEqual({ badgeNumber: 7 })
    expect(changed([{ op: 'replace', path: `${acme}:badgeNumber`, value: 7 }], once)).toBe(once)
    expect(refused([{ op: 'replace', path: `${acme}:badgeNumber`, value: 8 }], once)).toBe('mutability')
    expect(refused([{ op: 'add', path: `${acme}:badgeNumber`, value: 8 }], once)).toBe('mutability')
    expect(refused([{ op: 'remove', path: `${acme}:badgeNumber` }], once)).toBe('mutability')
    expect(changed([{ op: 'remove', path: `${acme}:badgeNumber` }])).toBe(ada)
  })

  it('an immutable list is set once as a whole', () => {
    const once = changed([{ op: 'add', path: `${acme}:oaths`, value: ['Hippocratic'] }])
    expect(changed([{ op: 'add', path: `${acme}:oaths`, value: ['hippocratic'] }], once)).toBe(once)
    expect(changed([{ op: 'replace', path: `${acme}:oaths`, value: ['hippocratic'] }], once)).toBe(once)
    expect(refused([{ op: 'add', path: `${acme}:oaths`, value: ['another'] }], once)).toBe('mutability')
    expect(refused([{ op: 'remove', path: `${acme}:oaths[value sw "H"]` }], once)).toBe('mutability')
    expect(refused([{ op: 'remove', path: `${acme}:oaths`, value: ['Hippocratic'] }], once)).toBe('mutability')
  })

  it('an immutable sub-attribute is set once', () => {
    const path = `${acme}:office`
    const once = changed([{ op: 'add', path, value: { building: 'B1', desk: '4' } }])
    expect(changed([{ op: 'replace', path, value: { building: 'B2', desk: '4' } }], once)[acme]).toEqual({
      office: { building: 'B2', desk: '4' },
    })
    expect(refused([{ op: 'replace', path, value: { desk: '5' } }], once)).toBe('mutability')
    expect(refused([{ op: 'replace', path, value: { desk: null } }], once)).toBe('mutability')
    expect(refused([{ op: 'remove', path: `${path}.desk` }], once)).toBe('mutability')
    expect(refused([{ op: 'replace', path: `${path}.desk`, value: '5' }], once)).toBe('mutability')
    expect(changed([{ op: 'replace', path: `${path}.desk`, value: '4' }], once)).toBe(once)
  })

  const office = `${acme}:office`
  const throughParent: { name: string; operations: Operations }[] = [
    { name: 'remove', operations: [{ op: 'remove', path: office }] },
    {
      name: 'remove and add in one request',
      operations: [
        { op: 'remove', path: office },
        { op: 'add', path: office, value: { building: 'B1', desk: '5' } },
      ],
    },
    { name: 'null', operations: [{ op: 'replace', path: office, value: null }] },
    { name: 'null without a path', operations: [{ op: 'replace', value: { [acme]: { office: null } } }] },
    { name: 'null under a dotted key', operations: [{ op: 'replace', value: { [office]: null } }] },
    {
      name: 'another whole value',
      operations: [{ op: 'replace', path: office, value: { building: 'B2', desk: '5' } }],
    },
    { name: 'a value without a path', operations: [{ op: 'add', value: { [acme]: { office: { desk: '5' } } } }] },
    { name: 'the removal of the extension', operations: [{ op: 'remove', path: acme }] },
    { name: 'null for the extension', operations: [{ op: 'replace', path: acme, value: null }] },
    { name: 'the removal of the schema', operations: [{ op: 'remove', path: 'schemas', value: [acme] }] },
  ]
  const seated = changed([{ op: 'add', path: office, value: { building: 'B1', desk: '4', floor: 1 } }])

  it.each(throughParent)(
    'no way leads around an immutable sub-attribute through its parent: $name',
    ({ operations }) => {
      expect(refused(operations, seated)).toBe('mutability')
    },
  )

  it('what is beside it goes, it stays, and an empty value changes nothing', () => {
    expect(changed([{ op: 'replace', path: office, value: {} }], seated)).toBe(seated)
    expect(changed([{ op: 'remove', path: `${office}.floor` }], seated)[acme]).toEqual({
      office: { building: 'B1', desk: '4' },
    })
    const value = { building: 'B2' }
    const { resource } = patch(user, seated, [{ op: 'replace', path: office, value }], 'interop')
    expect(resource[acme]).toEqual({ office: { building: 'B2', desk: '4' } })
    const free = changed([{ op: 'add', path: office, value: { building: 'B1' } }])
    expect(changed([{ op: 'remove', path: office }], free)).toEqual(ada)
  })

  it('elements of a list come and go with theirs, and one that stays keeps it', () => {
    const path = `${acme}:devices`
    const given = changed([{ op: 'add', path, value: [{ serial: 's1', assetTag: 'a' }] }])
    const another = { op: 'add', path, value: [{ serial: 's1', assetTag: 'b' }] }
    expect(changed([{ op: 'remove', path: `${path}[serial eq "s1"]` }, another], given)[acme]).toEqual({
      devices: [{ serial: 's1', assetTag: 'b' }],
    })
    for (const value of ['b', null]) {
      const edit = { op: 'replace', path: `${path}[serial eq "s1"].assetTag`, value }
      expect(refused([edit], given)).toBe('mutability')
      expect(refused([{ op: 'replace', path: `${path}[serial eq "s1"]`, value: { assetTag: value } }], given)).toBe(
        'mutability',
      )
    }
  })

  it('an element is not altered in place where its value is immutable', () => {
    const altered = (operation: object) => refusal(() => patch(group, sales, [operation]))
    expect(altered({ op: 'replace', path: 'members[value eq "u1"].value', value: 'u9' })).toBe('mutability')
    expect(altered({ op: 'replace', path: 'members[value eq "u1"]', value: { value: 'u9' } })).toBe('mutability')
    expect(altered({ op: 'replace', path: 'members[value eq "u1"].display', value: 'Countess' })).toBe('mutability')
    expect(altered({ op: 'replace', path: 'members[value eq "u1"]', value: { display: 'Countess' } })).toBe(
      'mutability',
    )
    expect(altered({ op: 'remove', path: 'members[value eq "u1"].display' })).toBe('mutability')
    expect(altered({ op: 'remove', path: 'members.value' })).toBe('mutability')
  })

  it('PU-10: what comes beside a known value is ignored', () => {
    const value = { value: 'u1', display: 'Countess', type: 'Robot' }
    expect(patch(group, sales, [{ op: 'replace', path: 'members[value eq "u1"]', value }]).resource).toBe(sales)
    expect(patch(group, sales, [{ op: 'add', path: 'members[value eq "u1"]', value }]).resource).toBe(sales)
    expect(patch(group, sales, [{ op: 'add', path: 'members', value: [value] }]).resource).toBe(sales)
    const both = [value, { value: 'u2' }]
    expect(patch(group, sales, [{ op: 'replace', path: 'members', value: both }]).resource).toBe(sales)
    const swapped = patch(group, sales, [{ op: 'replace', path: 'members', value: [{ value: 'u3' }, value] }]).resource
    expect(swapped.members).toEqual([{ value: 'u3' }, { value: 'u1', type: 'User', display: 'Ada' }])
  })

  it('PU-10: sub-attributes of a known element that can change do change', () => {
    const path = `${acme}:licences`
    const one = changed([{ op: 'add', path, value: [{ value: 'L1', note: 'old', issuer: 'DVLA' }] }])
    const replaced = changed([{ op: 'replace', path, value: [{ value: 'L1', note: 'new', issuer: 'KBA' }] }], one)
    expect(replaced[acme]).toEqual({ licences: [{ value: 'L1', note: 'new', issuer: 'DVLA' }] })
    const cleared = changed([{ op: 'replace', path, value: [{ value: 'L1' }] }], one)
    expect(cleared[acme]).toEqual({ licences: [{ value: 'L1', issuer: 'DVLA' }] })
    const noted = changed([{ op: 'replace', path: `${path}[value eq "L1"].note`, value: 'new' }], one)
    expect(noted[acme]).toEqual({ licences: [{ value: 'L1', note: 'new', issuer: 'DVLA' }] })
  })
})

describe('PA-21: required attributes', () => {
  it.each([
    { op: 'remove', path: 'userName' },
    { op: 'replace', path: 'userName', value: null },
    { op: 'replace', value: { userName: null } },
    { op: 'remove', path: 'id' },
    { op: 'remove', path: 'meta' },
  ])('cannot be removed: %j', (operation) => {
    expect(refused([operation])).toBe('mutability')
  })

  it('nor required sub-attributes, while their value stays', () => {
    const seated = changed([{ op: 'add', path: `${acme}:office`, value: { building: 'B1', floor: 1 } }])
    expect(refused([{ op: 'remove', path: `${acme}:office.building` }], seated)).toBe('mutability')
    expect(refused([{ op: 'replace', path: `${acme}:office`, value: { building: null } }], seated)).toBe('mutability')
    expect(changed([{ op: 'remove', path: `${acme}:office` }], seated)).toEqual(ada)
  })
})
