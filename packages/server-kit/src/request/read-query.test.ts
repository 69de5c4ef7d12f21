import { expect, it } from 'vitest'
import { readQuery } from './read-query.js'

it.each([
  { query: '', want: {} },
  { query: 'filter=userName+eq+%22a%2Bb%22', want: { filter: 'userName eq "a+b"' } },
  { query: 'count=1&x=2&&=&count2=3', want: { count: '1' } },
  { query: 'cursor', want: { cursor: '' } },
  { query: 'f%69lter=a', want: { filter: 'a' } },
  { query: 'filter=a=b', want: { filter: 'a=b' } },
  { query: 'attributes=a,b&attributes=c', want: { attributes: 'a,b,c' } },
  { query: '__proto__=1&constructor=2&Filter=3', want: {} },
])('reads $query', ({ query, want }) => {
  expect(readQuery(query)).toEqual(want)
})

it.each(['filter=%', 'filter=%ff', '%zz=1', 'sortBy=a&sortBy=b'])('refuses %s', (query) => {
  expect(() => readQuery(query)).toThrow(expect.objectContaining({ status: 400 }))
})
