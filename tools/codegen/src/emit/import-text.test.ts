import { describe, expect, it } from 'vitest'
import { genericCall, importLine, lazyConstant } from './import-text.js'
import { typeMember } from './type-text.js'

const long = Array.from({ length: 8 }, (_, index) => `AVeryLongTypeName${index}`)

describe('an import', () => {
  it('is a type import where it imports nothing else', () => {
    expect(importLine(['type A', 'type B'], './a.js')).toBe("import type { A, B } from './a.js'\n")
    expect(importLine(['a', 'type B'], './a.js')).toBe("import { a, type B } from './a.js'\n")
  })

  it('is left out where it imports nothing', () => expect(importLine([], './a.js')).toBe(''))

  it('has a line for each name where one line is too long', () => {
    expect(importLine(long, './a.js').split('\n').slice(0, 2)).toEqual(['import {', '  AVeryLongTypeName0,'])
  })
})

describe('a generic', () => {
  it('stands on one line where it fits', () => {
    expect(genericCall('define', ['A', 'B'])).toBe('define<A, B>')
    expect(lazyConstant('export const a', 'Of', ['A'])).toBe('export const a: Of<A> = /* @__PURE__ */ (() =>\n')
  })

  it('has a line for each argument where it does not, without a comma after the last', () => {
    expect(genericCall('define', long)).toMatch(/^define<\n {4}AVeryLongTypeName0,\n[\s\S]*7\n {2}>$/)
    expect(lazyConstant('export const a', 'Of', long)).toMatch(/^export const a: Of<\n[\s\S]*7\n> = /)
  })
})

describe('a member of an interface', () => {
  it('has its union on one line where it fits', () => {
    expect(typeMember('a?', 'string', ['undefined'])).toBe('  a?: string | undefined\n')
  })

  it('splits a long union at its top level alone', () => {
    const literals = long.map((name) => `'${name} | x'`).join(' | ')
    const text = typeMember('a?', `${literals} | readonly (string | null)[]`, ['undefined'])
    expect(text.split('\n')).toEqual([
      '  a?:',
      ...long.map((name) => `    | '${name} | x'`),
      '    | readonly (string | null)[]',
      '    | undefined',
      '',
    ])
  })
})
