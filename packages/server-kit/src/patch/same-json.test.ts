import { describe, expect, it } from 'vitest'
import { sameJson } from './same-json.js'

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
