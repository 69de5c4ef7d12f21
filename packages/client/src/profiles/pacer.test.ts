import { slack, zscaler } from '@scimkit/core/profiles'
import { expect, test } from 'vitest'
import { createScope } from '../call.js'
import { createPacer, kindsOf } from './pacer.js'

const scope = createScope({}, { timeout: 1, budget: 1 })

test('a rate without a burst lets one request through at a time', () => {
  const pacer = createPacer(zscaler.rates ?? [])
  const take = (now: number) => pacer.take(new Set(['requests']), now, Infinity)
  expect([take(0), take(0), take(0)]).toEqual([0, 200, 400])
  expect(take(10_000)).toBe(0)
})

test('a burst goes at once, and what follows evenly', () => {
  const pacer = createPacer([{ of: 'writes', requests: 60, seconds: 60, burst: 3 }])
  const take = (now: number) => pacer.take(new Set(['writes']), now, Infinity)
  expect([take(0), take(0), take(0), take(0), take(0)]).toEqual([0, 0, 0, 1_000, 2_000])
  expect(take(60_000)).toBe(0)
})

test('the narrowest of the rates that count holds', () => {
  const pacer = createPacer(slack.rates ?? [])
  const creating = kindsOf({ method: 'POST', path: '/Users', scope })
  const waits = Array.from({ length: 22 }, () => Math.round(pacer.take(creating, 0, Infinity) ?? -1))
  expect(waits.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 0))
  expect(waits.slice(20)).toEqual([333, 667])
})

test('a wait that is too long takes no turn', () => {
  const pacer = createPacer([{ of: 'reads', requests: 1, seconds: 1 }])
  const take = (most: number) => pacer.take(new Set(['reads']), 0, most)
  expect([take(10), take(1_000), take(1_001), take(2_001)]).toEqual([0, undefined, 1_000, 2_000])
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
