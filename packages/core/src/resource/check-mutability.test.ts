import { describe, expect, it } from 'vitest'
import { type AttributeDeclaration, defineExtension, defineResource, defineSchema } from '../schema.js'
import { checkMutability } from './check-mutability.js'

const describeNothing = () => Promise.reject(new Error('not asked for'))
const urn = 'urn:example:extension'
const attributes: readonly AttributeDeclaration[] = [
  { name: 'free' },
  { name: 'fixed', mutability: 'immutable' },
  { name: 'fixedList', multiValued: true, mutability: 'immutable' },
  {
    name: 'one',
    type: 'complex',
    subAttributes: [{ name: 'free' }, { name: 'fixed', mutability: 'immutable', caseExact: true }],
  },
  {
    name: 'many',
    type: 'complex',
    multiValued: true,
    subAttributes: [{ name: 'value', mutability: 'immutable' }],
  },
]
const definition = defineResource({
  name: 'Thing',
  endpoint: '/Things',
  schema: defineSchema({ id: 'urn:example:Thing', name: 'Thing', attributes }),
  describe: describeNothing,
}).extend(defineExtension({ schema: defineSchema({ id: urn, name: 'E', attributes }), describe: describeNothing }))

const current = {
  free: 'a',
  fixed: 'a',
  fixedList: ['a', 'b'],
  one: { free: 'a', fixed: 'a' },
  many: [{ value: 'a' }],
  [urn]: { fixed: 'a' },
}

const free = { one: { free: 'a' }, [urn]: { free: 'a', many: [{ value: 'a' }] } }

describe('checkMutability', () => {
  it.each([
    { name: 'the same values', current, next: structuredClone(current) },
    { name: 'a change of what is free', current, next: { ...current, free: 'b', one: { free: 'b', fixed: 'a' } } },
    { name: 'the same value in another case where case does not count', current, next: { fixed: 'A' } },
    { name: 'a list in another order', current, next: { fixedList: ['b', 'a'] } },
    { name: 'immutable attributes that are left out', current, next: {} },
    {
      name: 'a first value',
      current: { one: {}, [urn]: {} },
      next: { fixed: 'a', one: { fixed: 'a' }, [urn]: { fixed: 'a' } },
    },
    { name: 'a first value after null', current: { fixed: null }, next: { fixed: 'a' } },
    { name: 'other elements of a list', current, next: { many: [{ value: 'b' }] } },
    {
      name: 'a complex value and an extension that go and hold nothing immutable',
      current: free,
      next: { one: null, [urn]: {} },
    },
    { name: 'wrong types, which validators refuse', current, next: { one: 'x', [urn]: ['x'] } },
  ])('lets pass $name', ({ current, next }) => expect(() => checkMutability(definition, current, next)).not.toThrow())

  it.each([
    { name: 'another value', next: { fixed: 'b' }, path: 'fixed' },
    { name: 'no value', next: { fixed: null }, path: 'fixed' },
    { name: 'another list', next: { fixedList: ['a'] }, path: 'fixedList' },
    { name: 'an empty list', next: { fixedList: [] }, path: 'fixedList' },
    { name: 'another sub-attribute', next: { one: { fixed: 'b' } }, path: 'one.fixed' },
    { name: 'another case where it counts', next: { one: { fixed: 'A' } }, path: 'one.fixed' },
    { name: 'an extension that holds one and goes', next: { [urn]: null }, path: `${urn}:fixed` },
    { name: 'a complex value that holds one and goes', next: { one: null }, path: 'one.fixed' },
    { name: 'an empty complex value', next: { one: {} }, path: 'one.fixed' },
    { name: 'a complex value of nulls', next: { one: { free: null } }, path: 'one.fixed' },
    { name: 'another value in an extension', next: { [urn]: { fixed: 'b' } }, path: `${urn}:fixed` },
  ])('refuses $name and names the attribute', ({ next, path }) => {
    const attempt = () => checkMutability(definition, current, next)
    expect(attempt).toThrow(expect.objectContaining({ status: 400, scimType: 'mutability' }))
    expect(attempt).toThrow(`${path} is immutable`)
  })
})
