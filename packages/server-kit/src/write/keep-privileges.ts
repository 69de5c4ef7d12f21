import { ScimError } from '@scimkit/core/schema'
import { sameJson } from '../json.js'
import type { RequestContext } from '../request-context.js'
import type { ResourceStore, StoredResource } from '../store.js'

/** What tells what a user may do is nothing that the user alone decides. */
const privileges = ['roles', 'entitlements', 'groups'] as const

/**
 * Makes a store that lets nobody raise their own privileges through `/Me`: PUT takes them for readOnly and keeps them, and
 * a PATCH of them is refused.
 *
 * @param context Request to `/Me`.
 * @param store Store that is written to.
 * @returns A store for the attempt.
 */
export function keepPrivileges(context: RequestContext, store: ResourceStore): ResourceStore {
  const keep = (current: StoredResource, next: StoredResource): StoredResource => {
    const changed = privileges.filter((name) => !sameJson(current[name], next[name]))
    if (changed.length === 0) return next
    if (context.incoming.method !== 'PUT') {
      throw new ScimError(403, `${changed.join(', ')} cannot be changed at /Me`, { scimType: 'sensitive' })
    }
    return { ...next, ...Object.fromEntries(changed.map((name) => [name, current[name]])) }
  }
  return {
    get: (storeContext, id) => store.get(storeContext, id),
    create: (storeContext, resource) => store.create(storeContext, resource),
    replace: (storeContext, current, next) => store.replace(storeContext, current, keep(current, next)),
    delete: (storeContext, current) => store.delete(storeContext, current),
    query: (storeContext, query) => store.query(storeContext, query),
    members: store.members,
  }
}
