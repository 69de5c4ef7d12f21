import { describe, expect, it } from 'vitest'
import { acme, ada, enterprise, patch, refusal, user } from '../../test/patch/definitions.js'

type Operations = readonly unknown[]

const changed = (operations: Operations, resource: object = ada) => patch(user, resource, operations).resource
const refused = (operations: Operations, resource: object = ada) => refusal(() => patch(user, resource, operations))

describe('PA-9: no change gives the same resource', () => {
  const same: Operations = [
    { op: 'add', path: 'emails', value: [{ value: 'ada@example.com', type: 'work' }] },
    { op: 'add', path: 'emails', value: { value: 'ADA@EXAMPLE.COM' } },
    { op: 'add', path: 'userName', value: 'ada@example.com' },
    { op: 'replace', path: 'name', value: { givenName: 'Ada' } },
    { op: 'replace', path: 'name', value: {} },
    { op: 'add', path: 'name', value: { givenName: 'Ada', middleName: null } },
    {
      op: 'replace',
      path: 'emails',
      value: [
        { primary: true, type: 'work', value: 'ada@example.com' },
        { value: 'ada@home.example', type: 'home' },
      ],
    },
    { op: 'replace', path: 'emails[type eq "work"].value', value: 'ada@example.com' },
    { op: 'replace', path: 'emails[type eq "home"]', value: { value: 'ada@home.example' } },
    { op: 'remove', path: 'title' },
    { op: 'remove', path: 'name.middleName' },
    { op: 'remove', path: 'phoneNumbers' },
    { op: 'remove', path: 'phoneNumbers.type' },
    { op: 'remove', path: 'emails[type eq "fax"]' },
    { op: 'remove', path: 'emails', value: [{ value: 'nobody@example.com' }] },
    { op: 'remove', path: 'emails', value: [] },
    { op: 'replace', path: 'title', value: null },
    { op: 'add', path: 'displayName', value: null },
    { op: 'add', path: 'emails', value: [] },
    { op: 'add', path: 'emails', value: [null, {}] },
    { op: 'replace', value: {} },
    { op: 'replace', value: { displayName: 'Ada L', active: true } },
  ]
  it.each(same)('%j', (operation) => {
    expect(changed([operation])).toBe(ada)
  })

  it('operations that undo each other change nothing either', () => {
    const back = [
      { op: 'replace', path: 'displayName', value: 'x' },
      { op: 'add', path: 'title', value: 'y' },
      { op: 'remove', path: 'title' },
      { op: 'replace', path: 'displayName', value: 'Ada L' },
    ]
    expect(changed(back)).toBe(ada)
  })

  it('a value in another case is a change: providers compare with what they sent', () => {
    expect(changed([{ op: 'replace', path: 'displayName', value: 'ADA L' }]).displayName).toBe('ADA L')
    const emails = [{ value: 'ADA@example.com', type: 'work', primary: true }]
    expect(changed([{ op: 'replace', path: 'emails', value: emails }]).emails).toEqual(emails)
  })

  it('what an operation does not name is shared with the resource before', () => {
    const next = changed([{ op: 'replace', path: 'emails[type eq "home"].value', value: 'x@home.example' }])
    expect(next.name).toBe(ada.name)
    expect(next[enterprise]).toBe(ada[enterprise])
    expect((next.emails as unknown[])[0]).toBe((ada.emails as unknown[])[0])
  })
})

describe('PA-10: types', () => {
  const wrong: { path: string; value: unknown }[] = [
    { path: 'userName', value: 5 },
    { path: 'userName', value: { value: 'x' } },
    { path: 'userName', value: '' },
    { path: 'userName', value: ['a', 'b'] },
    { path: 'userName', value: [] },
    { path: 'title', value: true },
    { path: 'active', value: 'yes' },
    { path: 'active', value: 1 },
    { path: 'active', value: {} },
    { path: 'name', value: 'Ada' },
    { path: 'name.givenName', value: 5 },
    { path: 'name', value: { givenName: 5 } },
    { path: 'emails', value: [''] },
    { path: 'emails', value: [['ada@example.com']] },
    { path: 'addresses', value: 'Main Street' },
    { path: 'emails', value: [[{ value: 'x' }]] },
    { path: 'emails', value: [{ value: 5 }] },
    { path: 'emails', value: [{ primary: 'maybe' }] },
    { path: 'emails[type eq "work"]', value: 5 },
    { path: 'emails[type eq "work"].value', value: {} },
    { path: `${acme}:badgeNumber`, value: 1.5 },
    { path: `${acme}:badgeNumber`, value: '7.5' },
    { path: `${acme}:badgeNumber`, value: '9007199254740993' },
    { path: `${acme}:badgeNumber`, value: '' },
    { path: `${acme}:badgeNumber`, value: 1e300 },
    { path: `${acme}:costShare`, value: '0,5' },
    { path: `${acme}:costShare`, value: '1e999' },
    { path: `${acme}:hiredAt`, value: '2026-01-31' },
    { path: `${acme}:hiredAt`, value: '2026-13-31T08:00:00Z' },
    { path: `${acme}:hiredAt`, value: 'x2026-01-31T08:00:00Z' },
    { path: `${acme}:hiredAt`, value: '2026-01-31T08:00:00Zx' },
    { path: `${acme}:hiredAt`, value: 1_769_846_400 },
    { path: `${acme}:seal`, value: 'not base64!' },
    { path: `${acme}:seal`, value: 'AAAAA' },
    { path: `${acme}:seal`, value: 'A=A=' },
    { path: `${acme}:seal`, value: 5 },
    { path: `${acme}:site`, value: 5 },
    { path: `${acme}:skills`, value: [5] },
    { path: `${acme}:skills`, value: [['x']] },
    { path: `${acme}:office.rooms`, value: [5] },
    { path: `${acme}:devices`, value: [{ serial: 'S', ports: [1.5] }] },
  ]
  it.each(wrong)('$path refuses $value', ({ path, value }) => {
    expect(refused([{ op: 'replace', path, value }])).toBe('invalidValue')
    expect(refused([{ op: 'add', path, value }])).toBe('invalidValue')
    expect(() => patch(user, ada, [{ op: 'add', path, value }])).toThrow(path.replace(/\[.*\]/, '[…]').split('.')[0])
  })

  const right: { path: string; value: unknown }[] = [
    { path: `${acme}:badgeNumber`, value: -7 },
    { path: `${acme}:costShare`, value: 0.5 },
    { path: `${acme}:costShare`, value: 1 },
    { path: `${acme}:hiredAt`, value: '2026-01-31T08:00:00Z' },
    { path: `${acme}:hiredAt`, value: '2026-01-31T08:00:00.1234567+05:30' },
    { path: `${acme}:hiredAt`, value: '2026-01-31T08:00:00' },
    { path: `${acme}:seal`, value: 'AA==' },
    { path: `${acme}:seal`, value: 'AAA' },
    { path: `${acme}:seal`, value: '' },
    { path: `${acme}:site`, value: '../sites/1' },
    { path: `${acme}:contractor`, value: false },
    { path: `${acme}:skills`, value: ['Analysis', 'Algebra'] },
    { path: `${acme}:devices`, value: [{ serial: 'S', ports: [1, 2] }] },
    { path: `${acme}:office`, value: { building: 'B1', floor: 0, rooms: ['R1'] } },
  ]
  it.each(right)('$path takes $value as it is', ({ path, value }) => {
    expect(changed([{ op: 'add', path, value }])[acme]).toEqual({ [path.slice(acme.length + 1)]: value })
  })

  it('JN-3: an empty string is a value where nothing is required', () => {
    expect(changed([{ op: 'replace', path: 'displayName', value: '' }]).displayName).toBe('')
  })

  it('names inside values are brought into schema spelling, unknown ones are ignored', () => {
    const value = [{ VALUE: 'x@example.com', Type: 'other', colour: 'red' }]
    const { resource, notes } = patch(user, ada, [{ op: 'replace', path: 'EMAILS', value }])
    expect(resource.emails).toEqual([{ value: 'x@example.com', type: 'other' }])
    expect(notes).toMatchObject([{ rule: 'ignoreUnknownAttributes', path: 'EMAILS.colour' }])
    expect(refused([{ op: 'replace', path: 'name', value: { givenName: 'A', GivenName: 'B' } }])).toBe('invalidSyntax')
  })

  it('required sub-attributes are asked for at the end of the request', () => {
    expect(refused([{ op: 'add', path: `${acme}:office.floor`, value: 3 }])).toBe('invalidValue')
    expect(refused([{ op: 'add', path: `${acme}:devices`, value: [{ model: 'M' }] }])).toBe('invalidValue')
    const office = changed([
      { op: 'add', path: `${acme}:office.floor`, value: 3 },
      { op: 'add', path: `${acme}:office.building`, value: 'B1' },
    ])[acme]
    expect(office).toEqual({ office: { floor: 3, building: 'B1' } })
  })
})

describe('PA-11: no value', () => {
  it('add without value is invalidSyntax, replace is invalidValue', () => {
    expect(refused([{ op: 'add', path: 'title' }])).toBe('invalidSyntax')
    expect(refused([{ op: 'add' }])).toBe('invalidSyntax')
    expect(refused([{ op: 'replace', path: 'title' }])).toBe('invalidValue')
    expect(refused([{ op: 'replace' }])).toBe('invalidValue')
  })

  it('JN-1: replace by null or an empty list unassigns', () => {
    const gone = changed([
      { op: 'replace', path: 'displayName', value: null },
      { op: 'replace', path: 'emails', value: [] },
      { op: 'replace', path: 'name.givenName', value: null },
      { op: 'replace', path: 'department', value: null },
    ])
    expect(gone).toEqual({
      ...Object.fromEntries(Object.entries(ada).filter(([name]) => name !== 'displayName' && name !== 'emails')),
      name: { formatted: 'Ada Lovelace', familyName: 'Lovelace' },
      [enterprise]: { manager: { value: 'u2', displayName: 'Charles' } },
    })
  })

  it('JN-2: a complex value whose last member goes is gone itself', () => {
    expect(
      Object.hasOwn(
        changed([{ op: 'replace', path: 'name', value: { formatted: null, familyName: null, givenName: null } }]),
        'name',
      ),
    ).toBe(false)
    const removals = ['formatted', 'familyName', 'givenName'].map((sub) => ({ op: 'remove', path: `name.${sub}` }))
    expect(Object.hasOwn(changed(removals), 'name')).toBe(false)
    expect(
      Object.hasOwn(
        changed([
          { op: 'remove', path: 'emails[type pr].type' },
          { op: 'remove', path: 'emails.value' },
          { op: 'remove', path: 'emails.primary' },
        ]),
        'emails',
      ),
    ).toBe(false)
    expect(changed([{ op: 'replace', path: 'emails[type eq "home"]', value: null }]).emails).toHaveLength(1)
  })
})

describe('PA-15: a string or a list for a singular complex attribute', () => {
  it('a string is the value, an empty one unassigns, a list of one is its element', () => {
    const manager = (value: unknown) => patch(user, ada, [{ op: 'replace', path: `${enterprise}:manager`, value }])
    expect(manager('u9').resource[enterprise]).toMatchObject({ manager: { value: 'u9' } })
    expect(manager('u9').rules).toEqual(['complexFromString'])
    expect(manager('').resource[enterprise]).toEqual({ department: 'Engines' })
    expect(manager('').rules).toEqual(['emptyStringUnassigns'])
    expect(manager([{ value: 'u9' }]).resource[enterprise]).toMatchObject({ manager: { value: 'u9' } })
    expect(manager([{ value: 'u9' }]).rules).toEqual(['unwrapSingleElement'])
    expect(manager(['u9']).resource[enterprise]).toMatchObject({ manager: { value: 'u9' } })
    expect(refusal(() => manager(['u8', 'u9']))).toBe('invalidValue')
    expect(refused([{ op: 'replace', path: `${acme}:office`, value: 'B1' }])).toBe('invalidValue')
  })

  it('add of an empty string changes nothing', () => {
    expect(changed([{ op: 'add', path: `${enterprise}:manager`, value: '' }])).toBe(ada)
  })
})

describe('PA-23: booleans as strings', () => {
  it.each(['True', 'true', 'TRUE'])('%s is true', (value) => {
    const { resource, rules } = patch(user, { ...ada, active: false }, [{ op: 'replace', path: 'active', value }])
    expect(resource.active).toBe(true)
    expect(rules).toEqual(['stringBooleans'])
  })

  it('also in values, in lists and in filters', () => {
    const { resource } = patch(user, ada, [
      { op: 'replace', value: { active: 'False' } },
      { op: 'replace', path: 'emails[primary eq "True"].value', value: 'x@example.com' },
      { op: 'add', path: 'roles', value: [{ value: 'admin', primary: 'TRUE' }] },
    ])
    expect(resource).toMatchObject({
      active: false,
      emails: [{ value: 'x@example.com', primary: true }, {}],
      roles: [{ value: 'admin', primary: true }],
    })
  })

  it.each(['yes', '1', '', ' true'])('%j is invalidValue', (value) => {
    expect(refused([{ op: 'replace', path: 'active', value }])).toBe('invalidValue')
  })
})
