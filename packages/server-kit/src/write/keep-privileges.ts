import { ScimError } from '@scimkit/core/schema'
import { sameJson } from '../json.js'
import type { RequestContext } from '../service/request-context.js'
import type { StoredResource } from '../store/resource-store.js'

/** Attributes that say what a user may do, which the user alone must not decide. */
const privileges = ['roles', 'entitlements', 'groups'] as const

/**
 * Keeps users from raising their own privileges through `/Me`: a PUT takes them for readOnly and keeps them, and a PATCH of
 * them is refused.
 *
 * @param context Request to `/Me`.
 * @param current Resource before.
 * @param next Resource afterwards, as the request wants it.
 * @returns The resource afterwards; the one before when nothing else changes.
 * @throws {ScimError} 403 `sensitive` for a PATCH that changes privileges.
 */
export function keepPrivileges(context: RequestContext, current: StoredResource, next: StoredResource): StoredResource {
  const changed = privileges.filter((name) => !sameJson(current[name], next[name]))
  if (changed.length === 0) return next
  if (context.incoming.method !== 'PUT') {
    throw new ScimError(403, `${changed.join(', ')} cannot be changed at /Me`, { scimType: 'sensitive' })
  }
  const kept = Object.entries({ ...next, ...Object.fromEntries(changed.map((name) => [name, current[name]])) })
  const whole = Object.fromEntries(kept.filter(([, value]) => value !== undefined)) as StoredResource // as next has them
  return sameJson(current, whole) ? current : whole
}
