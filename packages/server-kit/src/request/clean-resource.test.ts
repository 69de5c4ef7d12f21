import { expect, it } from 'vitest'
import { removeDuplicates, removeUnassigned } from './clean-resource.js'

it('gives the same reference where nothing is to do', () => {
  const resource = {
    userName: 'ada',
    name: { givenName: 'A' },
    emails: [{ value: 'a' }, { value: 'b' }],
    tags: ['x', 'y', 1],
  }
  expect(removeDuplicates(resource)).toBe(resource)
  expect(removeUnassigned(resource)).toBe(resource)
})

it('keeps the first of a pair, in extensions too, and never elements without value', () => {
  const given = {
    emails: [{ value: 'a', type: 'w' }, { value: 'a', type: 'w', primary: true }, { value: 'a' }],
    addresses: [{ locality: 'x' }, { locality: 'x' }],
    'urn:x': { tags: ['a', 'a', '1', 1] },
  }
  const before = structuredClone(given)
  expect(removeDuplicates(given)).toEqual({
    emails: [{ value: 'a', type: 'w' }, { value: 'a' }],
    addresses: given.addresses,
    'urn:x': { tags: ['a', '1', 1] },
  })
  expect(given).toEqual(before)
})

it('takes every form of no value away', () => {
  const given = {
    a: null,
    b: [],
    c: {},
    d: { e: null, f: [{}] },
    g: [null, { h: null }, { i: '' }],
    j: '',
    k: false,
    l: 0,
  }
  expect(removeUnassigned(given)).toEqual({ g: [{ i: '' }], j: '', k: false, l: 0 })
  expect(removeUnassigned({ a: null })).toEqual({})
})
