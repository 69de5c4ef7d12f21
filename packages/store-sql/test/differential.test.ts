import { describe, expect, it } from 'vitest'
import { compareStores, compareTenants } from './differential/compare-stores.js'

describe('two stores, one answer', () => {
  it.each(['strict', 'interop', 'lenient'] as const)(
    'random sequences of requests are answered alike by memory and SQLite, %s',
    async (base) => {
      const seed = Math.floor(Math.random() * 2 ** 31)
      const { fault, requests, statuses } = await compareStores(base, 100, seed)
      expect(fault, `seed ${seed}`).toBeUndefined()
      expect(requests).toBeGreaterThan(500)
      for (const status of [200, 201, 204, 400, 404, 409, 412]) expect([...statuses.keys()]).toContain(status)
    },
  )
})

describe('two tenants with equal ids in one store', () => {
  it.each(['sqlite', 'memory'] as const)(
    'are each answered as if they were alone, on every route of %s',
    async (kind) => {
      const seed = Math.floor(Math.random() * 2 ** 31)
      const { fault, requests } = { fault: undefined, ...(await compareTenants(kind, 60, seed)) }
      expect(fault, `seed ${seed}`).toBeUndefined()
      expect(requests).toBeGreaterThan(500)
    },
  )
})
