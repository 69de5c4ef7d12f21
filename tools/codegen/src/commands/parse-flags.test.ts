import { describe, expect, it } from 'vitest'
import { describeWrongWord, parseFlags, splitNames } from './parse-flags.js'

const flags = {
  out: { type: 'string', description: 'Folder' },
  schemas: { type: 'string', multiple: true, description: 'Documents' },
  check: { type: 'boolean', description: 'Compares' },
} as const

const wrong: readonly { given: readonly string[]; want: string }[] = [
  { given: ['--fast'], want: '--fast is not known; --help lists the flags' },
  { given: ['--out'], want: '--out needs a value; give it after the flag' },
  { given: ['--out', '--check'], want: '--out needs a value; give it after the flag' },
  { given: ['--check=yes'], want: '--check takes no value; write it alone' },
  { given: ['--out', 'a', '--check', '--out=b'], want: '--out is given twice; give it once' },
]

describe('flags', () => {
  it('are read with the words that belong to none', () => {
    const parsed = parseFlags(['a.json', '--schemas', 'b', '--schemas=c', '--check', '--check'], flags)
    expect(parsed).toEqual({ values: { schemas: ['b', 'c'], check: true }, positionals: ['a.json'] })
  })

  for (const { given, want } of wrong) {
    it(`are refused in one line: ${want}`, () => expect(parseFlags(given, flags)).toBe(want))
  }
})

describe('the value of a flag', () => {
  it('is one of its words or named', () => {
    expect(describeWrongWord('--zod', undefined, ['zod'])).toBeUndefined()
    expect(describeWrongWord('--zod', 'zod', ['zod'])).toBeUndefined()
    expect(describeWrongWord('--zod', 'yup', ['zod', 'zod/mini'])).toBe('--zod is yup; give one of zod, zod/mini')
  })

  it('may be a list with spaces', () => {
    expect(splitNames('types, zod ,client')).toEqual(['types', 'zod', 'client'])
  })
})
