import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AttributeDeclaration, defineAttribute } from '../schema.js'
import { isUnassigned } from './is-unassigned.js'
import { sameElement, sameValue } from './same-value.js'

const emails: AttributeDeclaration = {
  name: 'emails',
  type: 'complex',
  multiValued: true,
  subAttributes: [{ name: 'value' }, { name: 'type' }, { name: 'primary', type: 'boolean' }],
}

interface Case {
  readonly name: string
  readonly given: AttributeDeclaration
  readonly left: unknown
  readonly right: unknown
  readonly want: boolean
}

const cases: readonly Case[] = [
  { name: 'texts by case where it does not count', given: { name: 'a' }, left: 'Ada', right: 'aDA', want: true },
  {
    name: 'texts by case where it counts',
    given: { name: 'a', caseExact: true },
    left: 'Ada',
    right: 'ada',
    want: false,
  },
  { name: 'sharp s and ss', given: { name: 'a' }, left: 'STRASSE', right: 'straße', want: true },
  { name: 'texts that differ', given: { name: 'a' }, left: 'a', right: 'b', want: false },
  { name: 'an empty text and none', given: { name: 'a' }, left: '', right: undefined, want: false },
  { name: 'null and none', given: { name: 'a' }, left: null, right: undefined, want: true },
  { name: '[] and none', given: emails, left: [], right: undefined, want: true },
  {
    name: 'an object of nulls and none',
    given: { name: 'a', type: 'complex', subAttributes: [{ name: 'b' }] },
    left: { b: null },
    right: undefined,
    want: true,
  },
  { name: 'false and none', given: { name: 'a', type: 'boolean' }, left: false, right: undefined, want: false },
  { name: 'a boolean and its text', given: { name: 'a', type: 'boolean' }, left: true, right: 'true', want: false },
  { name: 'numbers', given: { name: 'a', type: 'decimal' }, left: 1, right: 1.0, want: true },
  {
    name: 'an instant in two zones',
    given: { name: 'a', type: 'dateTime' },
    left: '2026-01-31T10:30:00+01:00',
    right: '2026-01-31T09:30:00Z',
    want: true,
  },
  {
    name: 'an instant with zeros behind it',
    given: { name: 'a', type: 'dateTime' },
    left: '2026-01-31T09:30:00.500Z',
    right: '2026-01-31T09:30:00.5Z',
    want: true,
  },
  {
    name: 'an instant without zone, which is UTC',
    given: { name: 'a', type: 'dateTime' },
    left: '2026-01-31T09:30:00',
    right: '2026-01-31T09:30:00Z',
    want: true,
  },
  {
    name: 'instants that differ by less than a millisecond',
    given: { name: 'a', type: 'dateTime' },
    left: '2026-01-31T09:30:00.0001Z',
    right: '2026-01-31T09:30:00.0002Z',
    want: false,
  },
  {
    name: 'instants that differ',
    given: { name: 'a', type: 'dateTime' },
    left: '2026-01-31T09:30:00Z',
    right: '2026-01-31T09:30:01Z',
    want: false,
  },
  {
    name: 'two texts that are not instants',
    given: { name: 'a', type: 'dateTime' },
    left: 'soon',
    right: 'later',
    want: false,
  },
  {
    name: 'base64 with and without padding',
    given: { name: 'a', type: 'binary' },
    left: 'TQ==',
    right: 'TQ',
    want: true,
  },
  { name: 'base64 in another case', given: { name: 'a', type: 'binary' }, left: 'TWFu', right: 'twfu', want: false },
  {
    name: 'references in another case',
    given: { name: 'a', type: 'reference' },
    left: '/Users/a',
    right: '/Users/A',
    want: false,
  },
  {
    name: 'lists in another order',
    given: emails,
    left: [{ value: 'a' }, { value: 'b' }],
    right: [{ value: 'B' }, { value: 'A' }],
    want: true,
  },
  {
    name: 'lists with another count of the same',
    given: emails,
    left: [{ value: 'a' }, { value: 'a' }, { value: 'b' }],
    right: [{ value: 'a' }, { value: 'b' }, { value: 'b' }],
    want: false,
  },
  {
    name: 'lists of another length',
    given: emails,
    left: [{ value: 'a' }],
    right: [{ value: 'a' }, { value: 'b' }],
    want: false,
  },
  {
    name: 'elements that one side has more of',
    given: emails,
    left: [{ value: 'a', type: 'work' }],
    right: [{ value: 'a' }],
    want: false,
  },
  {
    name: 'elements with null for what is not there',
    given: emails,
    left: [{ value: 'a', type: null }],
    right: [{ value: 'a' }],
    want: true,
  },
  { name: 'a list and an object', given: emails, left: [{ value: 'a' }], right: { value: 'a' }, want: false },
  { name: 'lists of texts', given: { name: 'a', multiValued: true }, left: ['x', 'Y'], right: ['y', 'X'], want: true },
  {
    name: 'an object and a text',
    given: { name: 'a', type: 'complex', subAttributes: [{ name: 'b' }] },
    left: { b: '1' },
    right: '1',
    want: false,
  },
]

describe('sameValue', () => {
  it.each(cases)('compares $name', ({ given, left, right, want }) => {
    const attribute = defineAttribute(given)
    expect(sameValue(attribute, left, right)).toBe(want)
    expect(sameValue(attribute, right, left)).toBe(want)
  })
})

it('compares elements of a list', () => {
  const attribute = defineAttribute(emails)
  expect(sameElement(attribute, { value: 'a', primary: true }, { primary: true, value: 'A' })).toBe(true)
  expect(sameElement(attribute, { value: 'a', primary: true }, { value: 'a', primary: false })).toBe(false)
})

describe('isUnassigned', () => {
  it.each([
    { name: 'nothing', given: undefined, want: true },
    { name: 'null', given: null, want: true },
    { name: 'an empty list', given: [], want: true },
    { name: 'an empty object', given: {}, want: true },
    { name: 'an object of nulls', given: { a: null, b: { c: [] } }, want: true },
    { name: 'an empty text', given: '', want: false },
    { name: 'false', given: false, want: false },
    { name: 'zero', given: 0, want: false },
    { name: 'a list of an empty object', given: [{}], want: false },
    { name: 'an object with a value', given: { a: null, b: '' }, want: false },
  ])('judges $name', ({ given, want }) => expect(isUnassigned(given)).toBe(want))

  it('comes to an end on an object of any depth', () => {
    let deep: object = {}
    for (let level = 0; level < 100_000; level++) deep = { deep }
    expect(isUnassigned(deep)).toBe(false)
  })
})

describe('long lists', () => {
  const attribute = defineAttribute(emails)
  const list = Array.from({ length: 100_000 }, (_, index) => ({ value: `User${index}@x`, type: 'work' }))

  it('are the same in any order, without comparing each with each', () => {
    expect(sameValue(attribute, list, list.toReversed())).toBe(true)
    expect(
      sameValue(
        attribute,
        list,
        list.map(({ value }) => ({ value: value.toUpperCase(), type: 'WORK', primary: null })).reverse(),
      ),
    ).toBe(true)
  })

  it('differ by one element', () => {
    expect(sameValue(attribute, list, [...list.slice(1), { value: 'other', type: 'work' }].reverse())).toBe(false)
  })
})

it('tells the same lists from others wherever elements stand', () => {
  const attribute = defineAttribute(emails)
  const element = fc.record(
    { value: fc.constantFrom('a', 'A', 'b', null), type: fc.constantFrom('x', 'y'), primary: fc.boolean() },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(fc.array(element, { maxLength: 5 }), fc.array(element, { maxLength: 5 }), (left, right) => {
      const rest: unknown[] = [...right]
      const matched = left.every((one) => {
        const position = rest.findIndex((other) => sameElement(attribute, one, other))
        if (position >= 0) rest.splice(position, 1)
        return position >= 0
      })
      expect(sameValue(attribute, left, right)).toBe(matched && rest.length === 0)
      expect(sameValue(attribute, left, left.toReversed())).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})
