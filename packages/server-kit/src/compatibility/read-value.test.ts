import { type Attribute, defineAttribute } from '@scimkit/core/schema'
import { describe, expect, it } from 'vitest'
import { readElement, readList, readSingularValue } from './read-value.js'
import type { Note } from './reading.js'
import { resolveCompatibility } from './resolve-compatibility.js'

const part = { name: 'value' } as const
const reference = { name: '$ref', type: 'reference' } as const
const active = defineAttribute({ name: 'active', type: 'boolean' })
const floor = defineAttribute({ name: 'floor', type: 'integer' })
const share = defineAttribute({ name: 'share', type: 'decimal' })
const title = defineAttribute({ name: 'title' })
const anything = defineAttribute({ name: 'anything', type: 'any' })
const name = defineAttribute({ name: 'name', type: 'complex', subAttributes: [{ name: 'givenName' }] })
const manager = defineAttribute({ name: 'manager', type: 'complex', subAttributes: [part, reference] })
const emails = defineAttribute({ name: 'emails', type: 'complex', multiValued: true, subAttributes: [part] })
const members = defineAttribute({
  name: 'members',
  type: 'complex',
  multiValued: true,
  subAttributes: [part, reference],
})
const skills = defineAttribute({ name: 'skills', multiValued: true })

type Read = typeof readList

/** Reads a value under a base, and lists the rules that were needed. */
function read(how: Read, attribute: Attribute, value: unknown, base: 'lenient' | 'strict' = 'lenient') {
  const notes: Note[] = []
  const reading = { rules: resolveCompatibility(base), onNote: (note: Note) => notes.push(note) }
  const result = how({ attribute, path: attribute.name }, value, reading)
  expect(notes.every(({ path }) => path === attribute.name)).toBe(true)
  return { value: result, rules: notes.map(({ rule }) => rule) }
}

interface Case {
  readonly name: string
  readonly how: Read
  readonly attribute: Attribute
  readonly given: unknown
  readonly want: unknown
  readonly rules: readonly string[]
}

const cases: readonly Case[] = [
  {
    name: 'a boolean as a string',
    how: readElement,
    attribute: active,
    given: 'FALSE',
    want: false,
    rules: ['stringBooleans'],
  },
  {
    name: 'an integer as a string',
    how: readElement,
    attribute: floor,
    given: '-5',
    want: -5,
    rules: ['stringNumbers'],
  },
  {
    name: 'a decimal as a string',
    how: readElement,
    attribute: share,
    given: '1.5e2',
    want: 150,
    rules: ['stringNumbers'],
  },
  {
    name: 'a string as a complex value',
    how: readElement,
    attribute: manager,
    given: '2',
    want: { value: '2' },
    rules: ['complexFromString'],
  },
  {
    name: 'a list of one',
    how: readSingularValue,
    attribute: title,
    given: ['x'],
    want: 'x',
    rules: ['unwrapSingleElement'],
  },
  {
    name: 'a list of one string for a complex value',
    how: readSingularValue,
    attribute: manager,
    given: ['2'],
    want: { value: '2' },
    rules: ['unwrapSingleElement', 'complexFromString'],
  },
  {
    name: 'an empty string for a complex value',
    how: readSingularValue,
    attribute: name,
    given: '',
    want: undefined,
    rules: ['emptyStringUnassigns'],
  },
  {
    name: 'an empty list for a complex value',
    how: readSingularValue,
    attribute: name,
    given: [],
    want: undefined,
    rules: ['emptyStringUnassigns'],
  },
  {
    name: 'one element for a list',
    how: readList,
    attribute: skills,
    given: 'x',
    want: ['x'],
    rules: ['objectAsList'],
  },
  {
    name: 'an object for a list',
    how: readList,
    attribute: emails,
    given: { value: 'x' },
    want: [{ value: 'x' }],
    rules: ['objectAsList'],
  },
  {
    name: 'an empty string for a list of objects',
    how: readList,
    attribute: emails,
    given: '',
    want: [],
    rules: ['emptyStringUnassigns'],
  },
  // Read as an empty list, it would remove every member.
  {
    name: 'an empty string for a list of references',
    how: readList,
    attribute: members,
    given: '',
    want: [''],
    rules: ['objectAsList'],
  },
]

describe('what the rules read otherwise', () => {
  it.each(cases)('$name', ({ how, attribute, given, want, rules }) => {
    expect(read(how, attribute, given)).toEqual({ value: want, rules })
  })

  it.each(cases)('$name stays as it is in strict', ({ how, attribute, given }) => {
    expect(read(how, attribute, given, 'strict')).toEqual({ value: given, rules: [] })
  })
})

describe('what no rule touches', () => {
  const untouched: readonly Omit<Case, 'want' | 'rules'>[] = [
    { name: 'another word for a boolean', how: readElement, attribute: active, given: 'yes' },
    { name: 'a fraction for an integer', how: readElement, attribute: floor, given: '1.5' },
    { name: 'an integer that loses digits', how: readElement, attribute: floor, given: '9007199254740993' },
    { name: 'more digits than a number keeps', how: readElement, attribute: share, given: '1'.repeat(41) },
    { name: 'a number that JSON writes otherwise', how: readElement, attribute: share, given: '.5' },
    { name: 'a decimal out of range', how: readElement, attribute: share, given: '1e999' },
    { name: 'a string for a complex value without value', how: readElement, attribute: name, given: 'Ada' },
    { name: 'an empty string for a reference', how: readElement, attribute: manager, given: '' },
    { name: 'a string that reads like a boolean', how: readElement, attribute: title, given: 'true' },
    { name: 'a list of two', how: readSingularValue, attribute: title, given: ['x', 'y'] },
    { name: 'an empty list for a simple value', how: readSingularValue, attribute: title, given: [] },
    { name: 'a list of one where any value goes', how: readSingularValue, attribute: anything, given: ['x'] },
    { name: 'a list', how: readList, attribute: skills, given: ['x'] },
    { name: 'null for a list', how: readList, attribute: skills, given: null },
    { name: 'no list', how: readList, attribute: skills, given: undefined },
  ]
  it.each(untouched)('$name', ({ how, attribute, given }) => {
    expect(read(how, attribute, given)).toEqual({ value: given, rules: [] })
  })
})
