import { describe, expect, it } from 'vitest'
import { comparePositions, type Position, parsePosition, stringifyPosition } from './position.js'

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const invalid = { status: 400, scimType: 'invalidCursor' }

function thrownBy(call: () => unknown): unknown {
  try {
    call()
  } catch (error) {
    return error
  }
  return undefined
}

describe('positions', () => {
  it.each([
    { position: { id: 'a' }, sorted: false },
    { position: { id: 'a \0 ü 😀' }, sorted: false },
    { position: { id: 'a', key: 'text' }, sorted: true },
    { position: { id: 'a', key: 7 }, sorted: true },
    { position: { id: 'a', key: false }, sorted: true },
    { position: { id: 'a', key: null }, sorted: true },
  ])('$position are written and read back', ({ position, sorted }) => {
    const text = stringifyPosition(position)
    expect(text).toMatch(/^[\w-]+$/)
    expect(parsePosition(text, sorted)).toEqual(position)
    expect(thrownBy(() => parsePosition(text, !sorted))).toMatchObject(invalid)
  })

  it.each([
    { name: 'nothing', text: '' },
    { name: 'no JSON', text: 'x' },
    { name: 'null', text: encode(null) },
    { name: 'an object', text: encode({ id: 'a' }) },
    { name: 'an empty list', text: encode([]) },
    { name: 'an id that is a number', text: encode([7]) },
  ])('$name is not one', ({ text }) => {
    expect(thrownBy(() => parsePosition(text, false))).toMatchObject(invalid)
  })

  it.each([
    { name: 'a list', text: encode(['a', []]) },
    { name: 'an object', text: encode(['a', {}]) },
    { name: 'an id that is a number, with a key', text: encode([7, 'a']) },
  ])('$name is not one in a sorted listing', ({ text }) => {
    expect(thrownBy(() => parsePosition(text, true))).toMatchObject(invalid)
  })

  it('are ordered by key and then by id; without a key last, and first in descending order', () => {
    const given: readonly Position[] = [
      { id: 'd', key: null },
      { id: 'b', key: 'x' },
      { id: 'c', key: 'w' },
      { id: 'a', key: 'x' },
      { id: 'e', key: null },
    ]
    const order = (direction: 'ascending' | 'descending' | undefined) =>
      given
        .toSorted(comparePositions(direction))
        .map(({ id }) => id)
        .join('')
    expect([order(undefined), order('ascending'), order('descending')]).toEqual(['cabde', 'cabde', 'deabc'])
    const unsorted = [{ id: 'b' }, { id: '\u{10000}' }, { id: '\uffff' }, { id: 'a' }]
    expect(unsorted.toSorted(comparePositions(undefined)).map(({ id }) => id)).toEqual([
      'a',
      'b',
      '\uffff',
      '\u{10000}',
    ])
  })
})
