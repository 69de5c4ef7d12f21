import { describe, expect, it } from 'vitest'
import { writeMember } from './write-member.js'

describe('writeMember', () => {
  it('sets and drops a member in a copy', () => {
    const members = Object.freeze({ a: 1, b: 2 })
    expect(writeMember(members, 'a', 3)).toEqual({ a: 3, b: 2 })
    expect(writeMember(members, 'c', 3)).toEqual({ a: 1, b: 2, c: 3 })
    expect(Object.keys(writeMember(members, 'a', undefined))).toEqual(['b'])
    expect(members).toEqual({ a: 1, b: 2 })
  })

  it('makes a member of any name, never a prototype', () => {
    const value = { polluted: true }
    const made = writeMember({ a: 1 }, '__proto__', value)
    for (const written of [made, writeMember(made, '__proto__', value), writeMember(made, 'b', 2)]) {
      expect(Object.getPrototypeOf(written)).toBe(Object.prototype)
      expect(Object.keys(written)).toContain('__proto__')
      expect(Reflect.get(written, 'polluted')).toBeUndefined()
    }
    expect(Object.keys(writeMember({}, 'constructor', 1))).toEqual(['constructor'])
  })
})
