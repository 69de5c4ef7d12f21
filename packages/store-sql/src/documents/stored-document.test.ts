import { expect, it } from 'vitest'
import { parseVersion } from './stored-document.js'

it.each([
  { given: '0', want: 0 },
  { given: '17', want: 17 },
  { given: '9007199254740991', want: 9007199254740991 },
])('version $given is a counter', ({ given, want }) => {
  expect(parseVersion(given)).toBe(want)
})

it.each(['', ' 1', '01', '1.5', '1e3', 'W/"1"', '9007199254740992', 'NaN', 'Infinity'])(
  'version "%s" is refused',
  (given) => {
    expect(() => parseVersion(given)).toThrow(new TypeError('meta.version must be the text of a counter'))
  },
)
