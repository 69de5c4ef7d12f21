import { githubEmu, type Quota, type RateLimit, slack, zscaler } from '@scimkit/core/profiles'
import { describe, expect, test } from 'vitest'
import { createScope } from '../transport/call.js'
import { createPacer, kindsOf } from './pacer.js'
import { createQuotaWindows, demandsOf } from './quotas.js'

const scope = createScope({}, { timeout: 1, budget: 1 })
const rate = (kind: RateLimit['of']) => ({ kinds: new Set([kind]), quotas: [] })

test('a rate without a burst lets one request through at a time', () => {
  const pacer = createPacer(zscaler.rates ?? [])
  const take = (now: number) => pacer.take(rate('requests'), now, Infinity)
  expect([take(0), take(0), take(0)]).toEqual([0, 200, 400])
  expect(take(10_000)).toBe(0)
})

test('a burst goes at once, and what follows evenly', () => {
  const pacer = createPacer([{ of: 'writes', requests: 60, seconds: 60, burst: 3 }])
  const take = (now: number) => pacer.take(rate('writes'), now, Infinity)
  expect([take(0), take(0), take(0), take(0), take(0)]).toEqual([0, 0, 0, 1_000, 2_000])
  expect(take(60_000)).toBe(0)
})

test('the narrowest of the rates that count holds', () => {
  const pacer = createPacer(slack.rates ?? [])
  const creating = kindsOf({ method: 'POST', path: '/Users', scope })
  const waits = Array.from({ length: 22 }, () =>
    Math.round(pacer.take({ kinds: creating, quotas: [] }, 0, Infinity) ?? -1),
  )
  expect(waits.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 0))
  expect(waits.slice(20)).toEqual([333, 667])
})

test('a wait that is too long takes no turn', () => {
  const pacer = createPacer([{ of: 'reads', requests: 1, seconds: 1 }])
  const take = (most: number) => pacer.take(rate('reads'), 0, most)
  expect([take(10), take(1_000), take(1_001), take(2_001)]).toEqual([0, undefined, 1_000, 2_000])
})

test('a rate that was found too high has no burst left, and goes on evenly from then', () => {
  const pacer = createPacer([{ of: 'writes', requests: 60, seconds: 60, burst: 10 }])
  const take = (now: number) => pacer.take(rate('writes'), now, Infinity)
  expect([take(0), take(0)]).toEqual([0, 0])
  pacer.slow(rate('writes').kinds, 5_000)
  expect([take(0), take(0), take(10_000)]).toEqual([5_000, 6_000, 0])
})

describe('a quota', () => {
  const hour = 3_600_000
  const creating = demandsOf(githubEmu.quotas ?? [], { method: 'POST', path: '/Users', scope })
  const demand = (quotas = creating) => ({ kinds: kindsOf({ method: 'POST', path: '/Users', scope }), quotas })

  test('is taken at once, then an hour later, never more in any hour', () => {
    const pacer = createPacer([])
    const sent = Array.from({ length: 2_500 }, (_, at) => at + (pacer.take(demand(), at, Infinity) ?? Number.NaN))
    expect(sent.slice(0, 1_000)).toEqual(Array.from({ length: 1_000 }, (_, at) => at))
    expect(sent.slice(1_000, 2_000)).toEqual(Array.from({ length: 1_000 }, (_, at) => at + hour))
    expect(sent.at(-1)).toBe(499 + 2 * hour)
    const spans = sent.slice(1_000).map((time, at) => time - (sent[at] ?? Number.NaN))
    expect(spans.every((span) => span >= hour)).toBe(true)
  })

  test('is counted for each group, by members that are added', () => {
    const quotas: readonly Quota[] = [{ of: 'usersAddedToOneGroup', count: 5, seconds: 10 }]
    const pacer = createPacer([])
    const add = (group: string, members: number, op = 'add') => {
      const value = Array.from({ length: members }, (_, at) => ({ value: `${at}` }))
      const body = { Operations: [{ op, path: 'members', value }] }
      return demand(demandsOf(quotas, { method: 'PATCH', path: `/Groups/${group}`, scope, body }))
    }
    const take = (given: ReturnType<typeof demand>, now: number) => pacer.take(given, now, Infinity)
    expect([take(add('a', 3), 0), take(add('b', 5), 0), take(add('a', 2), 1_000)]).toEqual([0, 0, 0])
    expect([take(add('a', 9, 'remove'), 1_000), take(add('a', 3), 1_000), take(add('a', 1), 1_000)]).toEqual([
      0, 9_000, 10_000,
    ])
  })

  test('is not taken by a call that cannot wait', () => {
    const pacer = createPacer([])
    for (let at = 0; at < 1_000; at++) pacer.take(demand(), 0, Infinity)
    expect(pacer.take(demand(), 0, 120_000)).toBeUndefined()
    expect(pacer.take(demand(), hour, 1)).toBe(0)
  })

  test('that nothing is taken of is forgotten once there are many', () => {
    const windows = createQuotaWindows()
    const quota: Quota = { of: 'usersAddedToOneGroup', count: 1, seconds: 1 }
    const windowOf = (key: string, now: number) => windows.windowOf({ quota, key, units: 1 }, now)
    const [used, unused] = [windowOf('used', 0), windowOf('unused', 0)]
    used.take(1, 5_000)
    for (let at = 0; at < 1_000; at++) windowOf(`${at}`, 5_000)
    expect(windowOf('used', 5_000)).toBe(used)
    expect(windowOf('unused', 5_000)).not.toBe(unused)
  })
})

test.each([
  ['GET', '/Users?count=1', 'reads requests userReads'],
  ['POST', '/Users', 'requests userWrites writes'],
  ['PATCH', '/Groups/1', 'groupUpdates requests writes'],
  ['DELETE', '/Groups/1', 'groupWrites requests writes'],
  ['GET', '/Groups', 'groupReads reads requests'],
  ['GET', '/ServiceProviderConfig', 'reads requests'],
] as const)('%s %s counts as %s', (method, path, kinds) => {
  expect([...kindsOf({ method, path, scope })].sort().join(' ')).toBe(kinds)
})
