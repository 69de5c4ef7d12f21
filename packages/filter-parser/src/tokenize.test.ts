import { describe, expect, it } from 'vitest'
import type { FilterNote, ParseOptions } from './parse-options.js'
import { Tokenizer, token } from './tokenize.js'

const tokenize = (text: string, options: ParseOptions = {}) => new Tokenizer(text, options, 'invalidFilter')

describe('the tokenizer', () => {
  it('takes one token after another, and says where it is', () => {
    const tokens = tokenize('urn:a:b.c eQ "x"')
    expect([tokens.take(token.URI), tokens.position]).toEqual(['urn:a:', 6])
    expect([tokens.take(token.ATTRNAME), tokens.takeMark('.'), tokens.take(token.ATTRNAME)]).toEqual(['b', true, 'c'])
    expect([tokens.takeSpace(1, 1), tokens.take(token.compareOp), tokens.position]).toEqual([true, 'eQ', 12])
    expect([tokens.takeSpace(1, 1), tokens.isNext('"'), tokens.isAtEnd()]).toEqual([true, true, false])
  })

  it('leaves the text where the next token is another one', () => {
    const tokens = tokenize('eqx')
    expect([tokens.take(token.compareOp), tokens.takeMark('('), tokens.open('['), tokens.position]).toEqual([
      '',
      false,
      false,
      0,
    ])
  })

  it.each([
    ['not(', 'not'],
    ['NOT \t(', 'NOT'],
    ['not a', ''],
    ['nota(', ''],
  ])('takes not in %j as %j', (text, want) => expect(tokenize(text).take(token.not)).toBe(want))

  it.each([
    [' and b', false, 'and', 5],
    [' OR b', false, 'or', 4],
    ['  and b', false, undefined, 0],
    ['  and b', true, 'and', 6],
    ['and(b', true, 'and', 3],
    [' android', true, undefined, 0],
    [' or-b', true, undefined, 0],
    [' ', true, undefined, 0],
  ] as const)('takes the operator of %j with lenient space %s as %s', (text, spacing, want, position) => {
    const tokens = tokenize(`)${text}`, { lenient: { spacing } })
    tokens.position = 1
    expect([tokens.takeLogicalOperator(), tokens.position]).toEqual([want, position + 1])
  })

  it('notes space that is missing, too much or a tab, and nothing else', () => {
    const notes: FilterNote[] = []
    const tokens = tokenize('a  b\tcd ', { lenient: { spacing: true }, onNote: (note) => notes.push(note) })
    for (const [position, min, max] of [
      [1, 1, 1],
      [1, 0, 2],
      [4, 0, 9],
      [6, 1, 1],
      [7, 0, 0],
      [7, 1, 1],
    ] as const) {
      tokens.position = position
      tokens.takeSpace(min, max)
    }
    expect(notes.map(({ position }) => position)).toEqual([1, 4, 6, 7])
  })

  it('leaves strictly what is more than the grammar has, and refuses what is less', () => {
    const tokens = tokenize('a   b')
    tokens.position = 1
    tokens.takeSpace(0, 2)
    expect(tokens.position).toBe(3)
    tokens.position = 4
    expect(() => tokens.takeSpace(1, 1)).toThrow(expect.objectContaining({ position: 4, expected: ['space'] }))
    expect(() => tokens.close(')')).toThrow(expect.objectContaining({ position: 4, expected: ['and', 'or', ')'] }))
    expect(() => tokens.end(['end'])).toThrow(expect.objectContaining({ position: 4, expected: ['end'] }))
    expect(() => tokenize('abc', { limits: { length: 2 } })).toThrow(
      expect.objectContaining({ position: 2, expected: ['at most 2 characters'] }),
    )
  })
})
