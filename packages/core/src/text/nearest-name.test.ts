import { expect, it } from 'vitest'
import { nearestName } from './nearest-name.js'

it.each([
  ['cat', ['bat', 'rat'], 'bat'],
  ['rats', ['bat', 'rat'], 'rat'],
  ['USRNAME', ['title', 'userName'], 'userName'],
  ['ab', ['ba'], undefined],
  ['abcde', ['xxabc'], undefined],
  ['xxabc', ['abcde'], undefined],
  ['abcde', ['abcxx'], 'abcxx'],
  ['abcde', ['abxxx'], undefined],
  ['abc', ['abcdx'], undefined],
  ['', ['a'], undefined],
  ['a'.repeat(128), [`${'a'.repeat(127)}b`], `${'a'.repeat(127)}b`],
  ['a'.repeat(129), [`${'a'.repeat(128)}b`], undefined],
])('of %s among %j the nearest is %s', (name, known, want) => {
  expect(nearestName(name, known)).toBe(want)
})
