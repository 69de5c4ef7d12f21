import { describe, expect, it } from 'vitest'
import { acme, ada, group, patch, sales, user } from '../../test/patch/definitions.js'

type Operations = readonly unknown[]

const changed = (operations: Operations, resource: object = ada) => patch(user, resource, operations).resource
const workOnly = { ...ada, emails: [{ value: 'ada@example.com', type: 'work' }] }

describe('PA-8: one primary', () => {
  const primaries = (resource: Readonly<Record<string, unknown>>) =>
    (resource.emails as { value: string; primary?: boolean }[]).map(({ value, primary }) => [value, primary])

  const other = { value: 'o@example.com', type: 'other', primary: true }
  const cases: { name: string; given: Operations; want: unknown }[] = [
    {
      name: 'an added primary takes the place of the old one',
      given: [{ op: 'add', path: 'emails', value: [other] }],
      want: [
        ['ada@example.com', false],
        ['ada@home.example', undefined],
        ['o@example.com', true],
      ],
    },
    {
      name: 'so does one that is set through a filter',
      given: [{ op: 'replace', path: 'emails[type eq "home"].primary', value: true }],
      want: [
        ['ada@example.com', false],
        ['ada@home.example', true],
      ],
    },
    {
      name: 'and one that is made for a filter without a match',
      given: [{ op: 'add', path: 'emails[type eq "other" and primary eq true].value', value: 'o@example.com' }],
      want: [
        ['ada@example.com', false],
        ['ada@home.example', undefined],
        ['o@example.com', true],
      ],
    },
    {
      name: 'and one that a known element gets',
      given: [{ op: 'add', path: 'emails', value: [{ value: 'ADA@home.example', type: 'home', primary: true }] }],
      want: [
        ['ada@example.com', false],
        ['ADA@home.example', true],
      ],
    },
    {
      name: 'of two new ones the last wins',
      given: [{ op: 'add', path: 'emails', value: [other, { ...other, value: 'p@example.com' }] }],
      want: [
        ['ada@example.com', false],
        ['ada@home.example', undefined],
        ['o@example.com', false],
        ['p@example.com', true],
      ],
    },
    {
      name: 'also in a new list',
      given: [{ op: 'replace', path: 'emails', value: [other, { ...other, value: 'p@example.com' }] }],
      want: [
        ['o@example.com', false],
        ['p@example.com', true],
      ],
    },
    {
      name: 'and where it is set on every element',
      given: [{ op: 'replace', path: 'emails.primary', value: true }],
      want: [
        ['ada@example.com', false],
        ['ada@home.example', true],
      ],
    },
    {
      name: 'a primary that is not touched stays',
      given: [{ op: 'replace', path: 'emails[type eq "home"].primary', value: false }],
      want: [
        ['ada@example.com', true],
        ['ada@home.example', false],
      ],
    },
  ]
  it.each(cases)('$name', ({ given, want }) => {
    expect(primaries(changed(given))).toEqual(want)
  })

  it('the first element may take its turn', () => {
    const last = { ...ada, emails: [{ value: 'a' }, { value: 'b', primary: true }] }
    expect(primaries(changed([{ op: 'add', path: 'emails[value eq "a"].primary', value: true }], last))).toEqual([
      ['a', true],
      ['b', false],
    ])
  })

  it('two primaries that were there before are left to the one who can tell', () => {
    const two = {
      ...ada,
      emails: [
        { value: 'a', primary: true },
        { value: 'b', primary: true },
      ],
    }
    expect(changed([{ op: 'add', path: 'emails', value: [{ value: 'c' }] }], two).emails).toHaveLength(3)
    expect(primaries(changed([{ op: 'add', path: 'emails', value: [{ value: 'c' }] }], two))).toEqual([
      ['a', true],
      ['b', true],
      ['c', undefined],
    ])
  })
})

describe('PA-13: add to a list', () => {
  it('one element may come without a list', () => {
    const value = { value: 'x@example.com', type: 'other' }
    expect(changed([{ op: 'add', path: 'emails', value }]).emails).toHaveLength(3)
    expect(changed([{ op: 'add', path: 'skills', value: 'Algebra' }])[acme]).toEqual({ skills: ['Algebra'] })
  })

  const known = (...elements: object[]) => ({ ...ada, emails: elements })
  const cases: { name: string; before: object; given: object; want: number }[] = [
    {
      name: 'the same value and type',
      before: { value: 'a', type: 'work' },
      given: { value: 'A', type: 'WORK' },
      want: 1,
    },
    { name: 'the value alone', before: { value: 'a', type: 'work' }, given: { value: 'a' }, want: 1 },
    { name: 'another type', before: { value: 'a', type: 'work' }, given: { value: 'a', type: 'home' }, want: 2 },
    { name: 'a type where there was none', before: { value: 'a' }, given: { value: 'a', type: 'home' }, want: 2 },
    { name: 'another value', before: { value: 'a', type: 'work' }, given: { value: 'b', type: 'work' }, want: 2 },
    { name: 'a type alone', before: { value: 'a', type: 'work' }, given: { type: 'work' }, want: 1 },
    {
      name: 'another display',
      before: { value: 'a', type: 'work' },
      given: { value: 'a', type: 'work', display: 'A' },
      want: 1,
    },
  ]
  it.each(cases)('$name: $want', ({ before, given, want }) => {
    expect(changed([{ op: 'add', path: 'emails', value: [given] }], known(before)).emails).toHaveLength(want)
  })

  it('what else is given for a known value and type is set', () => {
    const before = known({ value: 'a', type: 'work', display: 'old' })
    const value = [{ value: 'a', type: 'work', display: 'new', primary: true }]
    expect(changed([{ op: 'add', path: 'emails', value }], before).emails).toEqual(value)
  })

  it('elements of one request are compared with each other too', () => {
    const value = [{ value: 'a' }, { value: 'A' }, { value: 'b' }]
    expect(changed([{ op: 'add', path: 'phoneNumbers', value }]).phoneNumbers).toEqual([{ value: 'a' }, { value: 'b' }])
  })

  it.each([
    { name: 'elements', path: 'phoneNumbers', value: [{ value: 'a' }, { value: 'A' }, { value: 'b' }] },
    {
      name: 'the primary one',
      path: 'emails',
      value: [
        { value: 'a@x', type: 'work' },
        { value: 'A@x', type: 'work', primary: true },
      ],
    },
    {
      name: 'types',
      path: 'emails',
      value: [
        { value: 'a@x', type: 'Work', primary: true },
        { value: 'a@x', type: 'work' },
      ],
    },
    { name: 'strings', path: `${acme}:skills`, value: ['Algebra', 'algebra'] },
    { name: 'elements without value', path: 'addresses', value: [{ locality: 'Rome' }, { locality: 'rome' }] },
    { name: 'strings in which case counts', path: `${acme}:devices`, value: [{ serial: 'a' }, { serial: 'A' }] },
  ])('PA-14: replace is the new value as it was sent, also where case alone tells apart: $name', ({ path, value }) => {
    const read = (resource: object) =>
      path.split(':U').length > 1
        ? Reflect.get(Reflect.get(resource, acme), path.slice(acme.length + 1))
        : Reflect.get(resource, path)
    for (const operation of [
      { op: 'replace', path, value },
      { op: 'replace', value: { [path]: value } },
    ]) {
      const after = changed([operation])
      expect(read(after)).toEqual(value)
      expect(changed([operation], after)).toBe(after)
      expect(read(changed([operation], changed([{ op: 'replace', path, value: value.toReversed() }])))).toEqual(value)
    }
  })

  it('what differs in case alone is not made one by an edit through a filter', () => {
    const emails = [
      { value: 'a@x', type: 'work' },
      { value: 'A@x', type: 'work', primary: true },
    ]
    const edit = { op: 'add', path: 'emails[type eq "work"]', value: { display: 'x' } }
    expect(changed([edit], { ...ada, emails }).emails).toEqual(emails.map((email) => ({ ...email, display: 'x' })))
  })

  it('elements without value are compared by all that is given', () => {
    const before = { ...ada, addresses: [{ locality: 'London', country: 'GB' }] }
    expect(changed([{ op: 'add', path: 'addresses', value: [{ locality: 'london' }] }], before)).toBe(before)
    expect(
      changed([{ op: 'add', path: 'addresses', value: [{ locality: 'London', country: 'CA' }] }], before).addresses,
    ).toHaveLength(2)
  })

  it('members are compared by their value alone, to the letter', () => {
    const add = (value: unknown) => patch(group, sales, [{ op: 'add', path: 'members', value }]).resource
    expect(add([{ value: 'u1', type: 'Group' }])).toBe(sales)
    expect(add([{ value: 'U1' }]).members).toHaveLength(3)
  })

  it('strings, instants and octets are compared by their type', () => {
    const before = changed([
      { op: 'add', path: 'skills', value: ['Algebra'] },
      { op: 'add', path: 'shifts', value: ['2026-01-31T08:00:00Z'] },
      { op: 'add', path: 'devices', value: [{ serial: 'S', seal: 'AA==', ports: [1, 2] }] },
    ])
    expect(changed([{ op: 'add', path: 'skills', value: ['ALGEBRA'] }], before)).toBe(before)
    expect(changed([{ op: 'add', path: 'shifts', value: ['2026-01-31T09:00:00+01:00'] }], before)).toBe(before)
    expect(changed([{ op: 'add', path: 'devices', value: [{ serial: 'S', seal: 'AA', ports: [2, 1] }] }], before)).toBe(
      before,
    )
    expect(changed([{ op: 'add', path: 'devices', value: [{ serial: 's', seal: 'AA' }] }], before)).not.toBe(before)
  })
})

describe('PA-14: replace of a list', () => {
  it('takes a list or one element', () => {
    const value = { value: 'x@example.com' }
    expect(changed([{ op: 'replace', path: 'emails', value: [value] }]).emails).toEqual([value])
    const { resource, rules } = patch(user, ada, [{ op: 'replace', path: 'emails', value }])
    expect(resource.emails).toEqual([value])
    expect(rules).toEqual(['objectAsList'])
  })
})

describe('PA-16: remove with a value', () => {
  const remove = (value: unknown, resource: object = sales) =>
    patch(group, resource, [{ op: 'remove', path: 'members', value }])

  it('removes the given elements alone', () => {
    const { resource, rules } = remove([{ $ref: null, value: 'u1' }])
    expect(resource.members).toEqual([{ value: 'u2', type: 'User' }])
    expect(rules).toEqual(['removeByValue'])
  })

  it('takes one element without a list, and several', () => {
    expect(remove({ value: 'u2' }).resource.members).toHaveLength(1)
    expect(Object.hasOwn(remove([{ value: 'u2' }, { value: 'u1' }, { value: 'u9' }]).resource, 'members')).toBe(false)
  })

  it('never removes everybody by mistake', () => {
    const nonMembers = [
      null,
      '',
      [],
      {},
      [{}],
      [''],
      [{ $ref: null }],
      [{ value: '' }],
      [{ type: 'User' }],
      [null],
      [5],
      5,
      true,
    ]
    for (const value of [...nonMembers, [{ value: 'u9' }], 'u9']) {
      expect(remove(value).resource).toBe(sales)
      expect(remove(value).rules).toContain('removeByValue')
    }
  })

  it('names a member by its bare id too', () => {
    for (const value of ['u1', ['u1']]) expect(remove(value).resource.members).toEqual([{ value: 'u2', type: 'User' }])
  })

  it('without a value it removes the whole list', () => {
    expect(Object.hasOwn(patch(group, sales, [{ op: 'remove', path: 'members' }]).resource, 'members')).toBe(false)
  })

  it('on other lists an empty string and null count as no value, and what names nothing removes nothing', () => {
    for (const value of ['', null]) expect(changed([{ op: 'remove', path: 'emails', value }]).emails).toBeUndefined()
    for (const value of [[], {}, [{}], [5], 7]) {
      expect(patch(user, ada, [{ op: 'remove', path: 'emails', value }]).resource).toBe(ada)
    }
  })

  it('compares what is given: other lists by all of it', () => {
    const value = [{ type: 'home' }]
    expect(changed([{ op: 'remove', path: 'emails', value }]).emails).toHaveLength(1)
    const skilled = changed([{ op: 'add', path: 'skills', value: ['Algebra', 'Looms'] }])
    expect(changed([{ op: 'remove', path: 'skills', value: ['ALGEBRA'] }], skilled)[acme]).toEqual({
      skills: ['Looms'],
    })
  })

  it('the value of a remove on something singular, or through a filter, has no meaning', () => {
    expect(Object.hasOwn(changed([{ op: 'remove', path: 'displayName', value: 'x' }]), 'displayName')).toBe(false)
    expect(changed([{ op: 'remove', path: 'emails[type eq "home"]', value: [{ value: 'x' }] }]).emails).toHaveLength(1)
  })
})

describe('PA-18: a list that loses its last element is unassigned', () => {
  it.each([
    { op: 'remove', path: 'emails[type eq "work"]' },
    { op: 'remove', path: 'emails', value: [{ value: 'ada@example.com' }] },
    { op: 'remove', path: 'emails' },
  ])('%j', (operation) => {
    expect(Object.hasOwn(changed([operation], workOnly), 'emails')).toBe(false)
  })
})
