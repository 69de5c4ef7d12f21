import type { Quota } from '@scimkit/core/profiles'
import { describe, expect, test } from 'vitest'
import { type Call, createScope } from '../transport/call.js'
import { createQuotaWindows, demandsOf } from './quotas.js'

const assigned: Quota = { of: 'usersAssigned', count: 100, seconds: 60 }
const added: Quota = { of: 'usersAddedToOneGroup', count: 50, seconds: 60 }
const scope = createScope({}, { timeout: 1, budget: 1 })
const users = [{ value: '1' }, { value: '2' }]

describe('what a request takes of quotas', () => {
  const table: readonly { name: string; given: Omit<Call, 'scope'>; want: readonly unknown[] }[] = [
    {
      name: 'a new user',
      given: { method: 'POST', path: '/Users?attributes=id' },
      want: [{ quota: assigned, key: '', units: 1 }],
    },
    { name: 'a search', given: { method: 'POST', path: '/Users/.search', reads: true }, want: [] },
    { name: 'a changed user', given: { method: 'PATCH', path: '/Users/1', body: { Operations: [] } }, want: [] },
    {
      name: 'members added to a group',
      given: {
        method: 'PATCH',
        path: '/Groups/7?attributes=id',
        body: {
          Operations: [
            { op: 'add', path: 'members', value: users },
            { op: 'remove', path: 'members[value eq "3"]' },
          ],
        },
      },
      want: [{ quota: added, key: '/Groups/7', units: 2 }],
    },
    {
      name: 'members that replace others',
      given: {
        method: 'PATCH',
        path: '/Groups/7',
        body: { Operations: [{ op: 'replace', path: 'members', value: users }] },
      },
      want: [{ quota: added, key: '/Groups/7', units: 2 }],
    },
    { name: 'a group as a whole', given: { method: 'PUT', path: '/Groups/7', body: { members: users } }, want: [] },
    { name: 'no operations', given: { method: 'PATCH', path: '/Groups/7', body: {} }, want: [] },
  ]
  test.each(table)('is found: $name', ({ given, want }) => {
    expect(demandsOf([assigned, added], { ...given, scope })).toEqual(want)
  })
})

describe('the windows of quotas', () => {
  test('are one for each quota and key', () => {
    const windows = createQuotaWindows()
    const one = windows.windowOf({ quota: added, key: 'a', units: 1 }, 0)
    expect(windows.windowOf({ quota: added, key: 'a', units: 2 }, 5)).toBe(one)
    expect(windows.windowOf({ quota: added, key: 'b', units: 1 }, 0)).not.toBe(one)
    expect(windows.windowOf({ quota: assigned, key: 'a', units: 1 }, 0)).not.toBe(one)
  })

  test('are forgotten from the thousandth on, those alone in which nothing counts any more', () => {
    const windows = createQuotaWindows()
    const old = windows.windowOf({ quota: added, key: 'old', units: 1 }, 0)
    const recent = windows.windowOf({ quota: added, key: 'recent', units: 1 }, 0)
    old.take(1, 0)
    recent.take(1, 50_000)
    for (let at = 0; at < 999; at++) windows.windowOf({ quota: added, key: `g${at}`, units: 1 }, 70_000)
    expect(windows.windowOf({ quota: added, key: 'recent', units: 1 }, 70_000)).toBe(recent)
    expect(windows.windowOf({ quota: added, key: 'old', units: 1 }, 70_000)).not.toBe(old)
  })
})
