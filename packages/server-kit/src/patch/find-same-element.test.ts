import { defineAttribute } from '@scimkit/core/schema'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addElements } from './change-list.js'
import { createElementSearch, createElementTest } from './find-same-element.js'

/** Number of searches that makes an index of the list. */
const many = 16

const emails = defineAttribute({
  name: 'emails',
  type: 'complex',
  multiValued: true,
  subAttributes: [
    { name: 'value' },
    { name: 'type' },
    { name: 'display', caseExact: true },
    { name: 'since', type: 'dateTime' },
    { name: 'seal', type: 'binary' },
    { name: 'ports', type: 'integer', multiValued: true },
    { name: 'labels', multiValued: true },
    { name: 'primary', type: 'boolean' },
  ],
})
const members = defineAttribute({
  name: 'members',
  type: 'complex',
  multiValued: true,
  subAttributes: [{ name: 'value', caseExact: true, mutability: 'immutable' }, { name: 'display' }],
})
const skills = defineAttribute({ name: 'skills', multiValued: true })
const shifts = defineAttribute({ name: 'shifts', type: 'dateTime', multiValued: true })

const optional = <T>(...values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined })
const email = fc
  .record({
    value: optional('a', 'A', 'ß', 'SS', '\u0000'),
    type: optional('work', 'WORK', 'home'),
    display: optional('x', 'X'),
    since: optional('2026-01-31T08:00:00Z', '2026-01-31T09:00:00+01:00', 'never', '2026-02-01T08:00:00Z'),
    seal: optional('AA==', 'AA', 'AB'),
    ports: optional([1, 2], [2, 1], [1], []),
    labels: optional(['a', 'B'], ['b', 'A'], ['c']),
    primary: optional(true, false),
  })
  .map((members) => Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)))

describe('createElementSearch', () => {
  it('finds the same element by scan and by index, whatever is compared', () => {
    const property = fc.property(fc.array(email, { maxLength: 20 }), email, (list, given) => {
      const scanned = createElementSearch(emails, list, 1)(given)
      const indexed = createElementSearch(emails, list, many)(given)
      expect(indexed).toEqual(scanned)
      const isWanted = createElementTest(emails, [given])
      for (const element of list) {
        expect(isWanted(element)).toBe(createElementSearch(emails, [element], 1)(given)?.contains === true)
      }
    })
    fc.assert(property, { seed: 7_643, numRuns: 500 })
  })

  it('compares nothing of a complex attribute whose sub-attributes no schema names', () => {
    const opaque = defineAttribute({ name: 'opaque', type: 'complex', multiValued: true })
    expect(createElementSearch(opaque, [{ x: 1 }], 1)({ x: 2 })).toEqual({ position: 0, contains: true })
    expect(createElementTest(opaque, [{ x: 1 }])({ x: 2 })).toBe(true)
  })

  it('keeps what is compared by other sub-attributes apart', () => {
    const pairs = defineAttribute({
      name: 'pairs',
      type: 'complex',
      multiValued: true,
      subAttributes: [{ name: 'a' }, { name: 'ab' }, { name: 'bc' }, { name: 'c' }],
    })
    const find = createElementSearch(
      pairs,
      [
        { a: 'x', bc: 'y' },
        { ab: 'x', c: 'y' },
      ],
      many,
    )
    expect(find({ a: 'x', bc: 'y' })?.position).toBe(0)
    expect(find({ ab: 'x', c: 'y' })?.position).toBe(1)
  })

  it('tells dateTimes apart by every digit', () => {
    const shift = (digits: string) => `2026-01-31T08:00:00.${digits}Z`
    const goes = createElementTest(shifts, [shift('0000001')])
    expect([goes(shift('0000001')), goes(shift('0000002')), goes(shift('00000010'))]).toEqual([true, false, true])
  })

  it('sees what was added or changed after the index was made', () => {
    const list: object[] = [{ value: 'a', type: 'work', display: 'old' }]
    const find = createElementSearch(emails, list, many)
    expect(find({ value: 'b' })).toBeUndefined()
    list.push({ value: 'b', type: 'home' })
    expect(find({ value: 'B' })).toEqual({ position: 1, contains: true })
    expect(find({ value: 'a', type: 'work', display: 'old' })).toEqual({ position: 0, contains: true })
    list[0] = { value: 'a', type: 'work', display: 'new' }
    expect(find({ value: 'a', type: 'work', display: 'old' })).toEqual({ position: 0, contains: false })
  })

  it.each([1, many])('tells what is contained from what has the same value and type (%i searches)', (searches) => {
    const list = [{ value: 'a', type: 'work', display: 'x' }, { value: 'c' }]
    const find = createElementSearch(emails, list, searches)
    expect(find({ value: 'A' })).toEqual({ position: 0, contains: true })
    expect(find({ value: 'a', type: 'work', display: 'y' })).toEqual({ position: 0, contains: false })
    expect(find({ value: 'c', display: 'y' })).toEqual({ position: 1, contains: false })
    expect(find({ value: 'c', type: 'work' })).toBeUndefined()
    expect(find({ type: 'home' })).toBeUndefined()
    expect(find({ display: 'x' })).toEqual({ position: 0, contains: true })
    expect(find({ display: 'X' })).toBeUndefined()
  })

  it.each([1, many])('knows members by their value alone (%i searches)', (searches) => {
    const find = createElementSearch(members, [{ value: 'u1', display: 'Ada' }, { display: 'nobody' }], searches)
    expect(find({ value: 'u1', display: 'Grace' })).toEqual({ position: 0, contains: true })
    expect(find({ value: 'U1' })).toBeUndefined()
    expect(find({ display: 'NOBODY' })).toEqual({ position: 1, contains: true })
  })

  it.each([1, many])('compares simple elements by their type (%i searches)', (searches) => {
    expect(createElementSearch(skills, ['Algebra'], searches)('ALGEBRA')).toEqual({ position: 0, contains: true })
    expect(createElementSearch(skills, ['Algebra'], searches)('Looms')).toBeUndefined()
    const find = createElementSearch(shifts, ['2026-01-31T08:00:00Z', 'never'], searches)
    expect(find('2026-01-31T09:00:00+01:00')).toEqual({ position: 0, contains: true })
    expect(find('never')).toEqual({ position: 1, contains: true })
  })
})

describe('createElementTest', () => {
  it('finds elements that are given in different forms', () => {
    const forms = [
      { value: 'a' },
      { type: 'home' },
      { display: 'x' },
      { value: 'b', type: 'work' },
      { labels: ['b', 'A'] },
    ]
    for (const wanted of [forms, [...forms, ...forms]]) {
      const goes = createElementTest(emails, wanted)
      expect(goes({ value: 'A', type: 'fax' })).toBe(true)
      expect(goes({ value: 'c', type: 'HOME' })).toBe(true)
      expect(goes({ value: 'c', display: 'x' })).toBe(true)
      expect(goes({ value: 'b', type: 'work', display: 'y' })).toBe(true)
      expect(goes({ value: 'c', labels: ['a', 'B'] })).toBe(true)
      expect(goes({ value: 'b', type: 'fax' })).toBe(false)
      expect(goes({ value: 'c', display: 'X', labels: ['a'] })).toBe(false)
    }
  })

  it('finds the second of two that differ in a list alone', () => {
    const list = [{ labels: ['a'] }, { labels: ['b'] }]
    for (const searches of [1, many]) {
      expect(createElementSearch(emails, list, searches)({ labels: ['B'] })).toEqual({ position: 1, contains: true })
    }
  })
})

describe('addElements', () => {
  const numbers = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, at) => ({ value: `v${from + at}` }))

  it('adds a long list to a long list as it adds a short one', () => {
    const list = numbers(0, 2_000)
    const longer = addElements({ attribute: emails, path: 'emails' }, list, [
      ...numbers(1_000, 3_000),
      { value: 'V5', display: 'five' },
    ])
    expect(longer).toHaveLength(3_000)
    expect(longer[5]).toEqual({ value: 'V5', display: 'five' })
    expect(addElements({ attribute: emails, path: 'emails' }, list, numbers(0, 2_000))).toEqual(list)
    expect(list).toHaveLength(2_000)
  })

  it('looks each element up in an index, so that the cost does not multiply', () => {
    let read = 0
    const counted = (value: string) => ({
      get value() {
        read++
        return value
      },
    })
    const list = Array.from({ length: 3_000 }, (_, at) => counted(`a${at}`))
    const given = Array.from({ length: 3_000 }, (_, at) => counted(`b${at}`))
    expect(addElements({ attribute: members, path: 'members' }, list, given)).toHaveLength(6_000)
    // A scan would read nine million times.
    expect(read).toBeLessThan(100_000)
    read = 0
    const goes = createElementTest(members, given)
    expect(list.filter(goes)).toHaveLength(0)
    expect(read).toBeLessThan(100_000)
  })
})
