import { type Attribute, defineAttribute, type PatchOperation } from '@scimkit/core/schema'
import { describe, expect, it } from 'vitest'
import type { Note } from '../compatibility/reading.js'
import { resolveCompatibility } from '../compatibility/resolve-compatibility.js'
import { readChange } from './read-change.js'

type Base = 'lenient' | 'strict' | 'interop'

const title = defineAttribute({ name: 'title' })
const skills = defineAttribute({ name: 'skills', multiValued: true })
const name = defineAttribute({ name: 'name', type: 'complex', subAttributes: [{ name: 'givenName' }] })
const reference = [{ name: 'value' }, { name: '$ref', type: 'reference' }] as const
const manager = defineAttribute({ name: 'manager', type: 'complex', subAttributes: reference })
const members = defineAttribute({ name: 'members', type: 'complex', multiValued: true, subAttributes: reference })

function read(op: PatchOperation['op'], attribute: Attribute, value: unknown, base: Base = 'lenient') {
  const notes: Note[] = []
  const reading = { rules: resolveCompatibility(base), onNote: (note: Note) => notes.push(note) }
  const changed = { attribute, path: attribute.name, isElement: false }
  return {
    change: readChange({ op, path: attribute.name, value }, changed, reading),
    rules: notes.map(({ rule }) => rule),
  }
}

describe('readChange', () => {
  it('reads a value that is added or replaced', () => {
    expect(read('add', title, 'x').change).toEqual({ kind: 'add', value: 'x' })
    expect(read('replace', title, 'x').change).toEqual({ kind: 'replace', value: 'x', merges: true })
    expect(read('replace', name, { givenName: 'Ada' }, 'interop').change).toEqual({
      kind: 'replace',
      value: { givenName: 'Ada' },
      merges: false,
    })
  })

  it.each([
    { attribute: title, value: null },
    { attribute: skills, value: [] },
    { attribute: skills, value: null },
    { attribute: manager, value: {} },
  ])('no value unassigns where it replaces and does nothing where it is added: $attribute.name $value', (one) => {
    expect(read('replace', one.attribute, one.value).change).toEqual({ kind: 'remove' })
    expect(read('add', one.attribute, one.value).change).toBeUndefined()
  })

  it('an object without sub-attributes changes nothing of an attribute that has no value of its own', () => {
    expect(read('replace', name, {}).change).toEqual({ kind: 'replace', value: {}, merges: true })
  })

  it('one element may be added as it is, but the interoperability profile wants a list', () => {
    expect(read('add', skills, 'x', 'strict').change).toEqual({ kind: 'add', value: ['x'] })
    expect(() => read('add', skills, 'x', 'interop')).toThrow('skills must be a list')
    expect(() => read('replace', skills, 'x', 'strict')).toThrow('skills must be a list')
  })
})

describe('removeByValue', () => {
  it('removes the elements that the value names', () => {
    expect(read('remove', skills, ['x', 'y'])).toEqual({
      change: { kind: 'removeElements', value: ['x', 'y'] },
      rules: ['removeByValue'],
    })
    expect(read('remove', skills, 'x').change).toEqual({ kind: 'removeElements', value: ['x'] })
    expect(read('remove', skills, ['x', 5]).change).toEqual({ kind: 'removeElements', value: ['x'] })
  })

  it('by the letter removes all', () => {
    expect(read('remove', skills, ['x'], 'strict')).toEqual({ change: { kind: 'remove' }, rules: [] })
  })

  it('counts null and an empty string as no value, except where elements name resources', () => {
    for (const value of [undefined, null, '']) expect(read('remove', skills, value).change).toEqual({ kind: 'remove' })
    for (const value of [null, '', [], [{ display: 'Ada' }], 5]) {
      expect(read('remove', members, value).change).toEqual({ kind: 'removeElements', value: [] })
    }
    expect(read('remove', members, undefined).change).toEqual({ kind: 'remove' })
  })

  it('says nothing of a singular attribute', () => {
    expect(read('remove', title, 'x')).toEqual({ change: { kind: 'remove' }, rules: [] })
  })
})
