import { ScimError } from '@scimkit/core/schema'
import type { Member, MembershipChange, MembershipWrite, StoreContext } from '@scimkit/server-kit'
import { fromSqlText } from '../documents/sql-text.js'
import type { WriteAccess } from '../sqlite/create-session.js'
import type { SqlConnection } from '../sqlite/sql-connection.js'
import { readGroupsOfMember } from '../sqlite/statements/membership-graph.js'
import {
  deleteMembership,
  insertMembership,
  nameMembership,
  readMemberDisplay,
  readMemberIds,
} from '../sqlite/statements/memberships.js'
import { findScopedRow, readMeta, type ScopedRow, touchRow } from '../sqlite/statements/resources.js'
import { findTenant } from '../sqlite/statements/scopes.js'
import { changedMeanwhile, record } from './write-resources.js'

/** What is to be done to the members of a group. */
export interface MemberChanges {
  readonly add: readonly Member[]
  readonly remove: readonly string[]
}

/**
 * Adds and removes members; the group gets a new version when something really changed.
 *
 * @throws {ScimError} 404 without the group; 412 when it has not the expected version.
 */
export function changeMembers(
  access: WriteAccess,
  context: StoreContext,
  groupId: string,
  changes: MemberChanges,
  write: MembershipWrite,
): MembershipChange {
  const group = requireGroup(access, context, groupId, write)
  return applyChanges(access, context, group, changes, write)
}

/** Makes the given members the only ones. @throws {ScimError} As {@link changeMembers}. */
export function replaceMembers(
  access: WriteAccess,
  context: StoreContext,
  groupId: string,
  members: readonly Member[],
  write: MembershipWrite,
): MembershipChange {
  const group = requireGroup(access, context, groupId, write)
  const wanted = new Set(members.map(({ value }) => value))
  const remove = readMemberIds(access.connection, group.resource).filter((id) => !wanted.has(id))
  return applyChanges(access, context, group, { add: members, remove }, write)
}

/** Takes a resource out of all groups; each of them gets a new version. */
export function forgetMember(access: WriteAccess, context: StoreContext, memberId: string, now: string): void {
  const { connection } = access
  const tenant = findTenant(connection, context.tenantId)
  if (tenant === undefined) return
  for (const group of readGroupsOfMember(connection, tenant, memberId)) {
    deleteMembership(connection, group.resource, memberId)
    const at = touchRow(connection, group.resource, now)
    record(
      access,
      { scope: group.scope, tenant },
      { resourceType: fromSqlText(group.type) },
      {
        id: fromSqlText(group.id),
        kind: 'members',
        version: String(group.version + 1),
        at,
      },
    )
  }
}

function requireGroup(
  { connection }: WriteAccess,
  context: StoreContext,
  groupId: string,
  write: MembershipWrite,
): ScopedRow {
  const row = findScopedRow(connection, context, groupId)
  if (!row) throw new ScimError(404, 'The group does not exist (any more)')
  if (write.expectedVersion !== undefined && write.expectedVersion !== String(row.version)) throw changedMeanwhile()
  return row
}

function applyChanges(
  access: WriteAccess,
  context: StoreContext,
  group: ScopedRow,
  changes: MemberChanges,
  { now }: MembershipWrite,
): MembershipChange {
  const { connection } = access
  const removed = changes.remove.filter((id) => deleteMembership(connection, group.resource, id))
  const { added, named, differing } = addMembers(connection, group, changes.add)
  if (!named && added.length + removed.length === 0) {
    return { meta: readMeta(group, context.resourceType), added, removed, differing }
  }
  const at = touchRow(connection, group.resource, now)
  const meta = readMeta({ ...group, version: group.version + 1, last_modified: at }, context.resourceType)
  record(access, group, context, { id: fromSqlText(group.id), kind: 'members', version: meta.version, at })
  return { meta, added, removed, differing }
}

/** A member that is there already gets the display that is given where it has none. */
function addMembers(connection: SqlConnection, group: ScopedRow, members: readonly Member[]) {
  const added: string[] = []
  const differing: string[] = []
  let named = false
  for (const member of members) {
    const { value, display } = member
    if (insertMembership(connection, group.resource, group.tenant, member)) added.push(value)
    else if (display === undefined) continue
    else if (nameMembership(connection, group.resource, value, display)) named = true
    else if (readMemberDisplay(connection, group.resource, value) !== display) differing.push(value)
  }
  return { added, named, differing }
}
