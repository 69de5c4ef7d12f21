import { expect, it } from 'vitest'
import type { Note } from '../compatibility/reading.js'
import { resolveCompatibility } from '../compatibility/resolve-compatibility.js'
import { readQuery } from './read-query.js'

function reader(base: 'lenient' | 'strict') {
  const notes: Note[] = []
  const reading = { rules: resolveCompatibility(base), onNote: (note: Note) => notes.push(note) }
  return { notes, read: (query: string) => readQuery(query, { reading }) }
}

it.each([
  { query: '', want: {} },
  { query: 'filter=userName+eq+%22a%2Bb%22', want: { filter: 'userName eq "a+b"' } },
  { query: 'count=1&x=2&&=&count2=3', want: { count: '1' } },
  { query: 'cursor', want: { cursor: '' } },
  { query: 'f%69lter=a', want: { filter: 'a' } },
  { query: 'filter=a=b', want: { filter: 'a=b' } },
  { query: 'attributes=a,b&attributes=c', want: { attributes: 'a,b,c' } },
  { query: '__proto__=1&constructor=2&Filters=3', want: {} },
])('reads $query', ({ query, want }) => {
  const { notes, read } = reader('strict')
  expect(read(query)).toEqual(want)
  expect(notes).toEqual([])
})

it.each(['filter=%', 'filter=%ff', '%zz=1', 'sortBy=a&sortBy=b', 'sortBy=a&SORTBY=b'])('refuses %s', (query) => {
  for (const base of ['lenient', 'strict'] as const) {
    expect(() => reader(base).read(query)).toThrow(expect.objectContaining({ status: 400 }))
  }
})

it('reads a parameter in another case by rule, notes it, and refuses it where the rule is off', () => {
  const { notes, read } = reader('lenient')
  expect(read('FILTER=a&Startindex=2&sortby=c&excludedattributes=d&excludedAttributes=e')).toEqual({
    filter: 'a',
    startIndex: '2',
    sortBy: 'c',
    excludedAttributes: 'd,e',
  })
  expect(notes.map(({ rule, path }) => `${rule} ${path}`)).toEqual(
    ['filter', 'startIndex', 'sortBy', 'excludedAttributes'].map((name) => `messageKeyCase ${name}`),
  )
  const refused = expect.objectContaining({ status: 400, scimType: 'invalidValue' })
  expect(() => reader('strict').read('FILTER=a')).toThrow(refused)
  expect(() => reader('strict').read('FILTER=a')).toThrow('"FILTER" must be spelt "filter"')
})
