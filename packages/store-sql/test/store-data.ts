import type { StoreContext, StoredResource, TenantId } from '@scimkit/server-kit'

/** Time of everything that a test writes. */
export const now = '2026-11-24T08:00:00.000Z'

/** Context of a request of a tenant. */
export function contextOf(resourceType: string, tenantId = 'default'): StoreContext {
  return {
    tenantId: tenantId as TenantId, // the brand is the handler's to give
    resourceType,
    principal: { subject: 'test' },
    requestId: 'test',
    signal: new AbortController().signal,
  }
}

export const users: StoreContext = contextOf('User')
export const groups: StoreContext = contextOf('Group')

/** A user as the handler gives it to a store. */
export function newUser(id: string, attributes: Readonly<Record<string, unknown>> = {}): StoredResource {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    id,
    userName: `user-${id}`,
    ...attributes,
    meta: { resourceType: 'User', created: now, lastModified: now, version: '1' },
  }
}

/** A group as the handler gives it to a store. */
export function newGroup(id: string, displayName = `group-${id}`): StoredResource {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    id,
    displayName,
    meta: { resourceType: 'Group', created: now, lastModified: now, version: '1' },
  }
}

/** The next state of a resource. */
export function changed(current: StoredResource, attributes: Readonly<Record<string, unknown>>): StoredResource {
  const version = String(Number(current.meta.version) + 1)
  return { ...current, ...attributes, meta: { ...current.meta, version } }
}
