import { describe, expect, it } from 'vitest'
import type { TrackedChange } from '../sqlite/change-tracker.js'
import { createPageBoundaries } from './page-boundaries.js'

const start = { index: 1, id: '' }

function withBoundaries() {
  const boundaries = createPageBoundaries({ scopes: 2, boundaries: 3 })
  for (const [index, id] of [
    [11, 'j'],
    [21, 't'],
    [6, 'e'],
  ] as const) {
    boundaries.add(1, { index, id })
  }
  const change = (id: string, kind: TrackedChange['kind'], scope = 1) =>
    boundaries.changed({ tenant: 1, scope, id, kind })
  const all = () => [5, 6, 7, 10, 11, 12, 20, 21, 22, 99].map((index) => boundaries.find(1, index).index)
  return { boundaries, change, all }
}

describe('page boundaries', () => {
  it('are found at or before an index, in whatever order they were added', () => {
    const { boundaries, all } = withBoundaries()
    expect(all()).toEqual([1, 6, 6, 6, 11, 11, 11, 21, 21, 21])
    expect(boundaries.find(1, 20)).toEqual({ index: 11, id: 'j' })
    expect(boundaries.find(1, 5)).toEqual(start)
    expect(boundaries.find(2, 20)).toEqual(start)
  })

  it('are added once for each index', () => {
    const { boundaries } = withBoundaries()
    const few = createPageBoundaries({ scopes: 1, boundaries: 3 })
    for (let n = 0; n < 5; n++) few.add(1, { index: 6, id: 'e' })
    few.add(1, { index: 11, id: 'j' })
    expect(few.find(1, 6)).toEqual({ index: 6, id: 'e' })
    expect(boundaries.find(1, 11)).toEqual({ index: 11, id: 'j' })
  })

  it.each([
    { name: 'before all', id: 'a', kind: 'create', want: [7, 12, 22] },
    { name: 'between', id: 'f', kind: 'create', want: [6, 12, 22] },
    { name: 'at one', id: 'j', kind: 'delete', want: [6, 10, 20] },
    { name: 'behind all', id: 'z', kind: 'create', want: [6, 11, 21] },
    { name: 'before all', id: 'a', kind: 'delete', want: [5, 10, 20] },
    { name: 'before all', id: 'a', kind: 'replace', want: [6, 11, 21] },
    { name: 'before all', id: 'a', kind: 'members', want: [6, 11, 21] },
  ] as const)('move with a $kind $name', ({ id, kind, want }) => {
    const { boundaries, change } = withBoundaries()
    change(id, kind)
    const found = [1, 2, 3].map((n) => boundaries.find(1, (want[n - 1] ?? 0) + 0))
    expect(found.map(({ index }) => index)).toEqual(want)
    expect(found.map((one) => one.id)).toEqual(['e', 'j', 't'])
    expect(boundaries.find(1, want[0] - 1)).toEqual(start)
  })

  it('stay where they are when another scope changes', () => {
    const { change, all } = withBoundaries()
    change('a', 'create', 2)
    expect(all()).toEqual([1, 6, 6, 6, 11, 11, 11, 21, 21, 21])
  })

  it('of a scope all go when there are too many', () => {
    const { boundaries } = withBoundaries()
    boundaries.add(1, { index: 31, id: 'z' })
    expect(boundaries.find(1, 30)).toEqual(start)
    expect(boundaries.find(1, 31)).toEqual({ index: 31, id: 'z' })
  })

  it('of the scope that was used least recently go when there are too many scopes', () => {
    const { boundaries } = withBoundaries()
    const has = () => [1, 2, 3].filter((scope) => boundaries.find(scope, 9).index !== 1)
    boundaries.add(2, { index: 2, id: 'b' })
    expect(has()).toEqual([1, 2])
    boundaries.add(1, { index: 2, id: 'b' })
    boundaries.add(3, { index: 2, id: 'b' })
    expect(has()).toEqual([1, 3])
    boundaries.clear()
    expect(has()).toEqual([])
  })

  it('are not changed through what was given or found', () => {
    const { boundaries, change } = withBoundaries()
    const given = { index: 2, id: 'b' }
    boundaries.add(2, given)
    change('a', 'create', 2)
    expect(given.index).toBe(2)
    expect(boundaries.find(2, 9).index).toBe(3)
  })
})
