import { expect, it } from 'vitest'
import { readExports } from '../src/read-exports.js'

const entries = readExports(new URL('../../../', import.meta.url))
const mains = entries.filter(({ entry }) => entry.split('/').length === 2)

/** Names that a reader takes in at a glance; what siblings alone need is in `./internal`. */
const maxValues = 25

it('exports these names and types', () => {
  expect(Object.fromEntries(entries.map(({ entry, names }) => [entry, names]))).toMatchSnapshot()
})

it.each(mains)('$entry has few values in its main entry', ({ names }) => {
  const values = names.filter((name) => name.startsWith('value '))
  expect(values.length).toBeLessThanOrEqual(maxValues)
})

it('finds the main entries, so the checks above can fail', () => {
  expect(mains.map(({ entry }) => entry)).toEqual(
    expect.arrayContaining(['@scimkit/client', '@scimkit/core', '@scimkit/filter-parser', '@scimkit/server-kit']),
  )
})
