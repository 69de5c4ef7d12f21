import { describe, expect, it } from 'vitest'
import type { RequestContext } from '../service/request-context.js'
import type { StoredResource } from '../store/resource-store.js'
import { keepPrivileges } from './keep-privileges.js'

const time = '2026-01-01T00:00:00.000Z'
const current: StoredResource = {
  id: 'ada',
  schemas: [],
  meta: { resourceType: 'User', created: time, lastModified: time, version: '1' },
  title: 'Countess',
  roles: [{ value: 'reader' }],
}

/** Of the request, only the method counts. */
function by(method: string): RequestContext {
  return { incoming: { method } } as RequestContext
}

describe('keepPrivileges', () => {
  it.each(['PUT', 'PATCH'])('lets a %s change everything else', (method) => {
    const next = { ...current, title: 'Lady' }
    expect(keepPrivileges(by(method), current, next)).toBe(next)
  })

  it.each([{ roles: [{ value: 'admin' }] }, { entitlements: [{ value: 'all' }] }, { groups: [{ value: 'admins' }] }])(
    'keeps what a PUT changes of %j, and gives back the resource when nothing else changes',
    (given) => {
      expect(keepPrivileges(by('PUT'), current, { ...current, ...given })).toBe(current)
      expect(keepPrivileges(by('PUT'), current, { ...current, ...given, title: 'Lady' })).toEqual({
        ...current,
        title: 'Lady',
      })
    },
  )

  it('keeps what a PUT leaves out', () => {
    const { roles: _, ...rest } = current
    expect(keepPrivileges(by('PUT'), current, rest as StoredResource).roles).toBe(current.roles) // an index signature loses its names
  })

  it('refuses a PATCH, and names every attribute at fault', () => {
    const next = { ...current, roles: [], entitlements: [{ value: 'all' }] }
    expect(() => keepPrivileges(by('PATCH'), current, next)).toThrow('roles, entitlements cannot be changed at /Me')
  })
})
