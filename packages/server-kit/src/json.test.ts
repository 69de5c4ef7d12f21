import { describe, expect, it } from 'vitest'
import { sameJson, withValueAt } from './json.js'

describe('withValueAt', () => {
  it('sets and drops a member in a copy', () => {
    const members = Object.freeze({ a: 1, b: 2 })
    expect(withValueAt(members, 'a', 3)).toEqual({ a: 3, b: 2 })
    expect(withValueAt(members, 'c', 3)).toEqual({ a: 1, b: 2, c: 3 })
    expect(Object.keys(withValueAt(members, 'a', undefined))).toEqual(['b'])
    expect(members).toEqual({ a: 1, b: 2 })
  })

  it('makes a member of any name, never a prototype', () => {
    const value = { polluted: true }
    const made = withValueAt({ a: 1 }, '__proto__', value)
    for (const written of [made, withValueAt(made, '__proto__', value), withValueAt(made, 'b', 2)]) {
      expect(Object.getPrototypeOf(written)).toBe(Object.prototype)
      expect(Object.keys(written)).toContain('__proto__')
      expect(Reflect.get(written, 'polluted')).toBeUndefined()
    }
    expect(Object.keys(withValueAt({}, 'constructor', 1))).toEqual(['constructor'])
  })
})

describe('sameJson', () => {
  const same: [unknown, unknown][] = [
    [1, 1],
    ['a', 'a'],
    [null, null],
    [undefined, undefined],
    [[], []],
    [{}, {}],
    [
      [1, { a: [2] }],
      [1, { a: [2] }],
    ],
    [
      { a: 1, b: { c: null } },
      { b: { c: null }, a: 1 },
    ],
  ]
  it.each(same)('%j is %j', (left, right) => {
    expect(sameJson(left, right)).toBe(true)
  })

  const different: [unknown, unknown][] = [
    [1, 2],
    ['a', 'A'],
    [1, '1'],
    [null, undefined],
    [{}, null],
    [{}, undefined],
    [{}, []],
    [{}, 'x'],
    [[], 'x'],
    [
      [1, 2],
      [2, 1],
    ],
    [[1], [1, 2]],
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, { b: 1 }],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ toString: undefined }, { a: 1 }],
  ]
  it.each(different)('%j is not %j', (left, right) => {
    expect(sameJson(left, right)).toBe(false)
    expect(sameJson(right, left)).toBe(false)
  })
})
