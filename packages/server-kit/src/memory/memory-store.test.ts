import { describe, expect, it } from 'vitest'
import type { TenantId } from '../store/store-context.js'
import { describeResourceStore } from '../testing/describe-resource-store.js'
import { memoryStore } from './memory-store.js'

describeResourceStore(() => memoryStore(), { describe, it })

describe('memoryStore', () => {
  it('refuses a feed of no length', () => {
    expect(() => memoryStore({ keptChanges: 0 })).toThrow(TypeError)
  })

  it('takes the time of a deletion from its clock', async () => {
    const store = memoryStore({ now: () => new Date('2030-01-02T03:04:05.678Z') })
    const context = {
      tenantId: 'default' as TenantId, // as the handler brands it
      resourceType: 'User',
      principal: { subject: 'test' },
      requestId: 'request',
      signal: new AbortController().signal,
    }
    const time = '2026-01-01T00:00:00.000Z'
    const meta = { resourceType: 'User', created: time, lastModified: time, version: '1' }
    const user = await store.create(context, { id: 'ada', schemas: [], meta })
    await store.delete(context, user)
    const changes = await store.changes?.(context.tenantId, 0, 10)
    expect(changes?.map(({ kind, at }) => [kind, at])).toEqual([
      ['create', time],
      ['delete', '2030-01-02T03:04:05.678Z'],
    ])
  })

  it('refuses a clock that is not a function', () => {
    expect(() => memoryStore({ now: 0 as never })).toThrow('memoryStore: now must be a function that returns a Date')
  })
})
