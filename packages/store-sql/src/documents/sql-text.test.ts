import { describe, expect, it } from 'vitest'
import { fromSqlText, toSqlText } from './sql-text.js'

describe('text for statements', () => {
  it.each([
    { given: '', want: '' },
    { given: 'Ada, 😀 and ﷐', want: 'Ada, 😀 and ﷐' },
    { given: 'a\0b\0', want: 'a\uffff0000b\uffff0000' },
    { given: '\ud83d', want: '\uffffd83d' },
    { given: 'x\ude00y', want: 'x\uffffde00y' },
    { given: '\uffff', want: '\uffffffff' },
    { given: '\uffff0000', want: '\uffffffff0000' },
    { given: '\ud800\ud83d\ude00', want: '\uffffd800\ud83d\ude00' },
  ])('$given is written as $want, and read back', ({ given, want }) => {
    expect(toSqlText(given)).toBe(want)
    expect(fromSqlText(want)).toBe(given)
  })
})
