import { defineAttribute, ScimError } from '@scimkit/core/schema'
import { describe, expect, it } from 'vitest'
import { isReference, namesResource, readReference } from './read-reference.js'
import type { Note } from './reading.js'
import { resolveCompatibility } from './resolve-compatibility.js'

const parts = [{ name: 'value' }, { name: '$ref', type: 'reference', referenceTypes: ['User'] }] as const
const manager = defineAttribute({ name: 'manager', type: 'complex', subAttributes: parts })
const members = defineAttribute({ name: 'members', type: 'complex', multiValued: true, subAttributes: parts })
const name = defineAttribute({ name: 'name', type: 'complex', subAttributes: [{ name: 'givenName' }] })

function read(attribute: typeof manager, given: object, base: 'lenient' | 'strict' = 'lenient') {
  const notes: Note[] = []
  const value = readReference({ attribute, path: attribute.name }, given as Readonly<Record<string, unknown>>, {
    rules: resolveCompatibility(base),
    onNote: (note) => notes.push(note),
    findId: (reference, types) =>
      types?.includes('User') && reference.startsWith('/Users/') ? reference.slice(7) : '',
  })
  return { value, rules: notes.map(({ rule }) => rule) }
}

function refusal(work: () => unknown): string | undefined {
  try {
    work()
  } catch (error) {
    if (ScimError.is(error)) return error.detail
    throw error
  }
  return undefined
}

describe('readReference', () => {
  it('takes the id from the URL of a resource that is served here, where it stands alone', () => {
    const id = { value: '2', $ref: '/Users/2' }
    expect(read(manager, { $ref: '/Users/2' })).toEqual({ value: id, rules: ['memberFromRef'] })
    expect(read(members, { value: null, $ref: '/Users/2' })).toEqual({ value: id, rules: ['memberFromRef'] })
  })

  it.each([
    { name: 'a URL of another service', given: { $ref: 'https://example.com/2' } },
    { name: 'an id beside it', given: { value: '3', $ref: '/Users/2' } },
    { name: 'neither', given: {} },
  ])('leaves the value as it is: $name', ({ given }) => {
    expect(read(manager, given)).toEqual({ value: given, rules: [] })
  })

  it('leaves the URL alone in strict', () => {
    expect(read(manager, { $ref: '/Users/2' }, 'strict')).toEqual({ value: { $ref: '/Users/2' }, rules: [] })
  })

  it('reads an empty id as unassigned by rule, but never in a list', () => {
    expect(read(manager, { value: '' })).toEqual({ value: undefined, rules: ['emptyStringUnassigns'] })
    expect(refusal(() => read(manager, { value: '' }, 'strict'))).toBe(
      'manager needs an id as its value; to remove it, use null',
    )
    expect(refusal(() => read(members, { value: '' }))).toBe('members: each element needs the id as its value')
  })

  it('leaves values alone that name no resource', () => {
    expect(read(name, { value: '' })).toEqual({ value: { value: '' }, rules: [] })
  })
})

describe('what names a resource', () => {
  it('has value and $ref', () => {
    expect([manager, members, name].map(isReference)).toEqual([true, true, false])
  })

  it('may be a URL, an id beside one, or a member', () => {
    const url = (...referenceTypes: string[]) => defineAttribute({ name: 'link', type: 'reference', referenceTypes })
    expect([url(), url('User'), url('external', 'Group'), url('external'), url('uri')].map(namesResource)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ])
    const plain = { type: 'complex', multiValued: true, subAttributes: [{ name: 'value' }] } as const
    expect(namesResource(manager)).toBe(true)
    expect(namesResource(defineAttribute({ name: 'members', ...plain }))).toBe(true)
    expect(namesResource(defineAttribute({ name: 'emails', ...plain }))).toBe(false)
    expect(namesResource(name)).toBe(false)
  })
})
