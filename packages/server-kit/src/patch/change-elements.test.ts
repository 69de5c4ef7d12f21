import { urns } from '@scimkit/core/schema'
import { describe, expect, it } from 'vitest'
import { acme, ada, enterprise, group, patch, refusal, sales, user } from '../../test/patch/definitions.js'

type Operations = readonly unknown[]

const changed = (operations: Operations, resource: object = ada) => patch(user, resource, operations).resource
const refused = (operations: Operations, resource: object = ada) => refusal(() => patch(user, resource, operations))

describe('PA-17: replace of selected elements', () => {
  it('elements that one value makes equal become one; what a client cannot write keeps them apart', () => {
    const path = `${acme}:devices[serial pr]`
    const devices = (...elements: object[]) => ({
      ...ada,
      schemas: [urns.user, enterprise, acme],
      [acme]: { devices: elements },
    })
    const two = devices({ serial: 'A', model: 'M' }, { serial: 'B' })
    expect(changed([{ op: 'replace', path, value: { serial: 'S' } }], two)[acme]).toEqual({
      devices: [{ serial: 'S' }],
    })
    const added = changed([{ op: 'add', path, value: { serial: 'S', model: 'N' } }], two)
    expect(added[acme]).toEqual({ devices: [{ serial: 'S', model: 'N' }] })
    const tagged = devices({ serial: 'A', assetTag: '1' }, { serial: 'B' })
    expect(changed([{ op: 'replace', path, value: { serial: 'S' } }], tagged)[acme]).toEqual({
      devices: [{ serial: 'S', assetTag: '1' }, { serial: 'S' }],
    })
  })

  it('the whole element is replaced, but keeps what the filter identifies it by', () => {
    const replaced = changed([{ op: 'replace', path: 'emails[type eq "work"]', value: { value: 'x@example.com' } }])
    expect(replaced.emails).toEqual([
      { value: 'x@example.com', type: 'work' },
      { value: 'ada@home.example', type: 'home' },
    ])
    const both = changed([
      { op: 'replace', path: 'emails[type eq "home" and value co "home"]', value: { display: 'H' } },
    ])
    expect((both.emails as object[])[1]).toEqual({ type: 'home', display: 'H' })
    const either = changed([{ op: 'replace', path: 'emails[type eq "fax" or type eq "home"]', value: { value: 'y' } }])
    expect((either.emails as object[])[1]).toEqual({ type: 'home', value: 'y' })
    const negated = changed([{ op: 'replace', path: 'emails[not (type eq "work")]', value: { value: 'y' } }])
    expect((negated.emails as object[])[1]).toEqual({ value: 'y' })
    const retyped = changed([{ op: 'replace', path: 'emails[type eq "home"]', value: { value: 'y', type: 'other' } }])
    expect((retyped.emails as object[])[1]).toEqual({ value: 'y', type: 'other' })
    const untyped = changed([{ op: 'replace', path: 'emails[type eq "home"]', value: { value: 'y', type: null } }])
    expect((untyped.emails as object[])[1]).toEqual({ value: 'y' })
  })

  it('several elements that are replaced by one value become one', () => {
    const path = 'emails[value pr]'
    expect(changed([{ op: 'replace', path, value: { value: 'x' } }]).emails).toEqual([{ value: 'x' }])
    expect(changed([{ op: 'replace', path, value: { value: 'x', primary: true } }]).emails).toEqual([
      { value: 'x', primary: true },
    ])
  })

  it('readOnly and immutable sub-attributes stay', () => {
    const path = `${acme}:devices`
    const device = { serial: 'S1', model: 'M1', assetTag: 'T1', lastSeen: '2026-01-01T00:00:00Z' }
    const owner = { ...ada, schemas: [urns.user, enterprise, acme], [acme]: { devices: [device] } }
    const replaced = changed([{ op: 'replace', path: `${path}[serial eq "S1"]`, value: { model: 'M2' } }], owner)
    expect(replaced[acme]).toEqual({ devices: [{ ...device, model: 'M2' }] })
    const forged = { model: 'M2', lastSeen: '2027-01-01T00:00:00Z' }
    expect(changed([{ op: 'replace', path: `${path}[serial eq "S1"]`, value: forged }], owner)).toEqual(replaced)
    expect(
      refused([{ op: 'replace', path: `${path}[model eq "M1"]`, value: { serial: 'S1', assetTag: 'T2' } }], owner),
    ).toBe('mutability')
    expect(refused([{ op: 'replace', path: `${path}[model eq "M1"]`, value: { model: 'M2' } }], owner)).toBe(
      'mutability',
    )
  })

  it('elements of a simple list are replaced by the value', () => {
    const skilled = changed([{ op: 'add', path: 'skills', value: ['Algebra', 'Looms'] }])
    const replaced = changed([{ op: 'replace', path: 'skills[value eq "looms"]', value: 'Engines' }], skilled)
    expect(replaced[acme]).toEqual({ skills: ['Algebra', 'Engines'] })
    expect(changed([{ op: 'add', path: 'skills[value eq "looms"]', value: 'Engines' }], skilled)).toEqual(replaced)
    const removed = changed([{ op: 'remove', path: 'skills[value eq "looms"]' }], skilled)
    expect(removed[acme]).toEqual({ skills: ['Algebra'] })
  })
})

describe('PA-19: no element matches', () => {
  const path = 'phoneNumbers[type eq "work"].value'

  it.each(['add', 'replace'])('%s makes the element that the filter describes', (op) => {
    const { resource, rules } = patch(user, ada, [{ op, path, value: '+1 555 0100' }])
    expect(resource.phoneNumbers).toEqual([{ type: 'work', value: '+1 555 0100' }])
    expect(rules).toEqual(['createOnUnmatchedFilter'])
    const whole = changed([{ op, path: 'phoneNumbers[type eq "work"]', value: { value: '1', display: null } }])
    expect(whole.phoneNumbers).toEqual([{ type: 'work', value: '1' }])
  })

  it('its terms are in the types of their attributes', () => {
    const created = changed([{ op: 'add', path: 'roles[type eq "app" and primary eq "True"].value', value: 'admin' }])
    expect(created.roles).toEqual([{ type: 'app', primary: true, value: 'admin' }])
  })

  const refusals: { name: string; op: string; path: string }[] = [
    { name: 'a filter with or', op: 'add', path: 'phoneNumbers[type eq "work" or type eq "home"].value' },
    { name: 'a filter with not', op: 'add', path: 'phoneNumbers[not (type eq "work")].value' },
    { name: 'another operator', op: 'add', path: 'phoneNumbers[type sw "work"].value' },
    { name: 'a presence test', op: 'add', path: 'phoneNumbers[type pr].value' },
    { name: 'an eq beside another operator', op: 'add', path: 'phoneNumbers[type eq "work" and value sw "1"].display' },
    {
      name: 'terms that contradict each other',
      op: 'add',
      path: 'phoneNumbers[type eq "work" and type eq "home"].value',
    },
    { name: 'a comparison with null', op: 'add', path: 'phoneNumbers[type eq null].value' },
    { name: 'a readOnly sub-attribute', op: 'add', path: `${acme}:devices[lastSeen eq "2026-01-01T00:00:00Z"].serial` },
    { name: 'a list within an element', op: 'add', path: `${acme}:devices[ports eq 1].serial` },
    { name: 'an element of a simple list', op: 'add', path: `${acme}:skills[value eq "Algebra"]` },
    { name: 'replace where the filter names the element', op: 'replace', path: 'phoneNumbers[value eq "1"].display' },
  ]
  it.each(refusals)('$name is noTarget', ({ op, path: target }) => {
    expect(refused([{ op, path: target, value: 'x' }])).toBe('noTarget')
  })

  it('add through a filter that names the element makes it', () => {
    const added = patch(group, sales, [{ op: 'add', path: 'members[value eq "u3"]', value: { type: 'User' } }]).resource
    expect(added.members).toEqual([...(sales.members as object[]), { value: 'u3', type: 'User' }])
    expect(
      refusal(() => patch(group, sales, [{ op: 'replace', path: 'members[value eq "u3"]', value: { type: 'User' } }])),
    ).toBe('noTarget')
  })

  it('an element that is there but for one term is completed, not doubled', () => {
    const added = changed([
      { op: 'add', path: 'emails[type eq "home" and primary eq true].value', value: 'ada@home.example' },
    ])
    expect(added.emails).toEqual([
      { value: 'ada@example.com', type: 'work', primary: false },
      { value: 'ada@home.example', type: 'home', primary: true },
    ])
  })

  it('a sub-attribute of every element of an empty list makes one', () => {
    const { resource, rules } = patch(user, ada, [{ op: 'add', path: 'phoneNumbers.value', value: '1' }])
    expect(resource.phoneNumbers).toEqual([{ value: '1' }])
    expect(rules).toEqual(['createOnUnmatchedFilter'])
  })

  it('unassigning what is not there is a removal', () => {
    expect(changed([{ op: 'replace', path, value: null }])).toBe(ada)
    expect(changed([{ op: 'replace', path: 'phoneNumbers.value', value: null }])).toBe(ada)
    expect(changed([{ op: 'add', path, value: null }])).toBe(ada)
  })
})

describe('PA-20: remove without a match succeeds', () => {
  it.each(['emails[type eq "fax"]', 'emails[type eq "fax"].value', 'phoneNumbers[type eq "work"]'])('%s', (path) => {
    const { resource, rules } = patch(user, ada, [{ op: 'remove', path }])
    expect(resource).toBe(ada)
    expect(rules).toEqual(['absentRemoval'])
  })
})

describe('sub-attributes of every element', () => {
  it('are set and removed in each', () => {
    expect(changed([{ op: 'replace', path: 'emails.type', value: 'other' }]).emails).toEqual([
      { value: 'ada@example.com', type: 'other', primary: true },
      { value: 'ada@home.example', type: 'other' },
    ])
    expect(changed([{ op: 'remove', path: 'emails.type' }]).emails).toEqual([
      { value: 'ada@example.com', primary: true },
      { value: 'ada@home.example' },
    ])
  })

  it('that are lists themselves are appended to, replaced and emptied', () => {
    const path = `${acme}:devices[serial eq "S"].ports`
    const one = changed([{ op: 'add', path: `${acme}:devices`, value: [{ serial: 'S', ports: [1] }] }])
    expect(changed([{ op: 'add', path, value: [1, 2] }], one)[acme]).toEqual({
      devices: [{ serial: 'S', ports: [1, 2] }],
    })
    expect(changed([{ op: 'replace', path, value: [3] }], one)[acme]).toEqual({
      devices: [{ serial: 'S', ports: [3] }],
    })
    expect(changed([{ op: 'remove', path, value: [1] }], one)[acme]).toEqual({ devices: [{ serial: 'S' }] })
    expect(
      changed([
        { op: 'add', path: `${acme}:office.rooms`, value: ['R1'] },
        { op: 'add', path: `${acme}:office`, value: { building: 'B' } },
      ])[acme],
    ).toEqual({
      office: { rooms: ['R1'], building: 'B' },
    })
  })
})
