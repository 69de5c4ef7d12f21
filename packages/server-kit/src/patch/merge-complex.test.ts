import { defineAttribute } from '@scimkit/core/schema'
import { describe, expect, it } from 'vitest'
import { mergeComplex, replaceComplex } from './merge-complex.js'

const badge = {
  path: 'badge',
  attribute: defineAttribute({
    name: 'badge',
    type: 'complex',
    subAttributes: [
      { name: 'code', required: true },
      { name: 'colour' },
      { name: 'serial', mutability: 'immutable' },
      { name: 'issued', mutability: 'readOnly' },
    ],
  }),
}
const member = {
  path: 'members',
  attribute: defineAttribute({
    name: 'members',
    type: 'complex',
    multiValued: true,
    subAttributes: [
      { name: 'value', mutability: 'immutable' },
      { name: 'display', mutability: 'immutable' },
    ],
  }),
}
const current = Object.freeze({ code: 'a', colour: 'red', serial: '1', issued: 'today' })

describe('mergeComplex', () => {
  it('sets what is given and leaves the rest', () => {
    expect(mergeComplex(badge, current, { colour: 'blue' })).toEqual({ ...current, colour: 'blue' })
    expect(mergeComplex(badge, undefined, { code: 'b' })).toEqual({ code: 'b' })
  })

  it('gives the same reference when nothing changes', () => {
    expect(mergeComplex(badge, current, { colour: 'red', serial: '1' })).toBe(current)
  })

  it('unassigns what is null, and the whole when nothing is left', () => {
    expect(mergeComplex(badge, current, { colour: null })).toEqual({ code: 'a', serial: '1', issued: 'today' })
    expect(mergeComplex(badge, { colour: 'red' }, { colour: null })).toBeUndefined()
  })

  it('refuses to unassign what is required, and to alter what is immutable', () => {
    expect(() => mergeComplex(badge, current, { code: null })).toThrow('badge.code is required and cannot be removed')
    expect(() => mergeComplex(badge, current, { serial: '2' })).toThrow('badge.serial is immutable and has a value')
  })

  it('keeps what a known member has', () => {
    const known = { value: 'u1', display: 'Ada' }
    expect(mergeComplex(member, known, { value: 'u1', display: 'Ada King' })).toBe(known)
  })
})

describe('replaceComplex', () => {
  it('puts the new value in place, and keeps what a client cannot write', () => {
    expect(replaceComplex(badge, current, { code: 'b' })).toEqual({ code: 'b', serial: '1', issued: 'today' })
  })

  it('keeps what identifies an element unless it is given', () => {
    expect(replaceComplex(badge, current, { code: 'b' }, { keeps: ['colour'] })).toEqual({ ...current, code: 'b' })
    expect(replaceComplex(badge, current, { code: 'b', colour: null }, { keeps: ['colour'] })).toEqual({
      code: 'b',
      serial: '1',
      issued: 'today',
    })
  })
})
