import { describe, expect, it } from 'vitest'
import type { TrackedChange } from '../sqlite/change-tracker.js'
import type { Listing, Reach, StaleListing } from './listing.js'
import { createQueryMemory } from './query-memory.js'

const limits = { listings: 3, resources: 10, changes: 2, scopes: 2, boundaries: 4 }
const memoryOf = () => createQueryMemory(limits)
const listingOf = (count: number, prefix = 'u'): Listing =>
  Array.from({ length: count }, (_, n) => ({ id: `${prefix}${n}`, resource: n }))
const users = { scope: 1, tenant: 1 }
const kept = (count: number, { reach = 'none', scope = users }: { reach?: Reach; scope?: typeof users } = {}) => ({
  scope,
  reach,
  listing: listingOf(count),
})
const change = (id: string, more: Partial<TrackedChange> = {}): TrackedChange => ({
  ...users,
  id,
  kind: 'replace',
  ...more,
})
const unexpected = (): Listing => {
  throw new Error('nothing has changed')
}

describe('remembered listings', () => {
  it('are found as they were added while nothing changes', () => {
    const memory = memoryOf()
    expect(memory.hasListing('a')).toBe(false)
    expect(memory.findListing('a', unexpected)).toBeUndefined()
    memory.addListing('a', kept(3), memory.countChanges())
    expect(memory.hasListing('a')).toBe(true)
    expect(memory.findListing('a', unexpected)).toEqual(listingOf(3))
    expect(memory.findListing('b', unexpected)).toBeUndefined()
  })

  it('are not kept when anything changed while they were read', () => {
    const memory = memoryOf()
    for (const disturb of [() => memory.changed(change('x', { tenant: 2, scope: 9 })), () => memory.invalidate()]) {
      const seen = memory.countChanges()
      disturb()
      memory.addListing('a', kept(1), seen)
      expect(memory.hasListing('a')).toBe(false)
    }
  })

  it('are refreshed from what has changed since, once', () => {
    const memory = memoryOf()
    memory.addListing('a', kept(3), 0)
    memory.changed(change('u1'))
    memory.changed(change('u1', { kind: 'delete' }))
    memory.changed(change('new', { kind: 'create' }))
    const given: StaleListing[] = []
    const refreshed = memory.findListing('a', ({ listing, changedIds }) => {
      given.push({ listing, changedIds: new Set(changedIds) })
      return listingOf(2, 'v')
    })
    expect(given).toEqual([{ listing: listingOf(3), changedIds: new Set(['u1', 'new']) }])
    expect(refreshed).toEqual(listingOf(2, 'v'))
    expect(memory.findListing('a', unexpected)).toEqual(listingOf(2, 'v'))
  })

  it('are read again as a whole when more resources have changed than the limit', () => {
    const memory = memoryOf()
    memory.addListing('a', kept(3), 0)
    for (const id of ['a', 'b', 'a']) memory.changed(change(id))
    expect(memory.findListing('a', ({ changedIds }) => [...changedIds].map((id) => ({ id, resource: 0 })))).toEqual([
      { id: 'a', resource: 0 },
      { id: 'b', resource: 0 },
    ])
    for (const id of ['a', 'b', 'c']) memory.changed(change(id))
    expect(memory.findListing('a', unexpected)).toBeUndefined()
    expect(memory.hasListing('a')).toBe(true)
  })

  const outsiders = [
    { name: 'another type', change: change('g', { scope: 2 }) },
    { name: 'another tenant', change: change('u1', { tenant: 2, scope: 3 }) },
  ]
  it.each([
    { reach: 'none', type: 'kept', own: 'refreshed' },
    { reach: 'others', type: 'dropped', own: 'refreshed' },
    { reach: 'all', type: 'dropped', own: 'dropped' },
  ] as const)('of reach $reach are $own by changes of their type and $type by those of others', (row) => {
    const outcome = (given: TrackedChange) => {
      const memory = memoryOf()
      memory.addListing('a', kept(2, { reach: row.reach }), 0)
      memory.changed(given)
      const found = memory.findListing('a', () => listingOf(1))
      return found === undefined ? 'dropped' : found.length === 1 ? 'refreshed' : 'kept'
    }
    expect(outcome(change('u1'))).toBe(row.own)
    expect(outcome(outsiders[0]?.change ?? change(''))).toBe(row.type)
    expect(outcome(outsiders[1]?.change ?? change(''))).toBe('kept')
  })

  it('stay outdated, whatever changes afterwards', () => {
    const memory = memoryOf()
    memory.addListing('a', kept(2, { reach: 'others' }), 0)
    memory.changed(change('g', { scope: 2 }))
    memory.changed(change('u1'))
    expect(memory.findListing('a', unexpected)).toBeUndefined()
  })

  it('go, the oldest first, when there are too many', () => {
    const memory = memoryOf()
    const has = () => ['a', 'b', 'c', 'd'].filter((key) => memory.hasListing(key)).join('')
    for (const key of ['a', 'b', 'c']) memory.addListing(key, kept(1), 0)
    expect(has()).toBe('abc')
    memory.addListing('d', kept(1), 0)
    expect(has()).toBe('bcd')
    memory.addListing('b', kept(1), 0)
    memory.addListing('a', kept(1), 0)
    expect(has()).toBe('abd')
  })

  it('go, the oldest first, when they hold too many resources together, and free their room', () => {
    const memory = memoryOf()
    const has = () => ['a', 'b', 'c', 'd'].filter((key) => memory.hasListing(key)).join('')
    memory.addListing('a', kept(4), 0)
    memory.addListing('b', kept(6), 0)
    expect(has()).toBe('ab')
    memory.addListing('c', kept(1), 0)
    expect(has()).toBe('bc')
    memory.addListing('a', kept(3), 0)
    expect(has()).toBe('abc')
    memory.addListing('d', kept(10), 0)
    expect(has()).toBe('d')
    memory.addListing('a', kept(11), 0)
    expect(has()).toBe('d')
    memory.addListing('d', kept(11), 0)
    expect(has()).toBe('')
    memory.addListing('a', kept(10), 0)
    expect(has()).toBe('a')
    memory.addListing('a', kept(10), 0)
    expect(has()).toBe('a')
  })

  it('are forgotten when another process has written, with their room', () => {
    const memory = memoryOf()
    memory.addListing('a', kept(10), 0)
    memory.invalidate()
    expect(memory.hasListing('a')).toBe(false)
    memory.addListing('b', kept(5), memory.countChanges())
    memory.addListing('c', kept(5), memory.countChanges())
    expect(['b', 'c'].map((key) => memory.hasListing(key))).toEqual([true, true])
  })
})

describe('remembered boundaries', () => {
  it('move with the resources before them, and are forgotten when another process has written', () => {
    const memory = memoryOf()
    memory.addBoundary(1, { index: 6, id: 'f' })
    expect(memory.findBoundary(1, 9)).toEqual({ index: 6, id: 'f' })
    memory.changed(change('b', { kind: 'create' }))
    expect(memory.findBoundary(1, 9)).toEqual({ index: 7, id: 'f' })
    memory.invalidate()
    expect(memory.findBoundary(1, 9)).toEqual({ index: 1, id: '' })
  })

  it('suffice, by the usual limits, for 200 listings and a walk of a million resources by 50', () => {
    const memory = createQueryMemory()
    for (let n = 0; n < 201; n++) memory.addListing(`l${n}`, kept(1), 0)
    expect(['l0', 'l1', 'l200'].map((key) => memory.hasListing(key))).toEqual([false, true, true])
    for (let n = 1; n <= 20_000; n++) memory.addBoundary(1, { index: n * 50, id: `u${n}` })
    expect(memory.findBoundary(1, 50)).toEqual({ index: 50, id: 'u1' })
    memory.addBoundary(1, { index: 1_000_050, id: 'v' })
    expect(memory.findBoundary(1, 50)).toEqual({ index: 1, id: '' })
    expect(memory.findBoundary(1, 1_000_050)).toEqual({ index: 1_000_050, id: 'v' })
  })
})
