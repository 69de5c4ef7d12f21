import { ScimError } from '@scimkit/core/schema'
import type { Member, MembershipChange, MembershipWrite, StoreContext, StoredResource } from '@scimkit/server-kit'
import { fromSqlText } from '../documents/sql-text.js'
import type { SqlConnection } from '../sqlite/sql-connection.js'
import type { Transaction } from '../sqlite/sql-session.js'
import { readGroupsOfMember } from '../sqlite/statements/membership-graph.js'
import {
  deleteMembership,
  insertMemberDisplay,
  insertMembership,
  readMemberDisplay,
  readMemberIds,
} from '../sqlite/statements/memberships.js'
import { findScopedRow, type ScopedRow, touchRow } from '../sqlite/statements/resources.js'
import { findTenant } from '../sqlite/statements/scopes.js'
import { recordChange } from './record-change.js'
import { changedMeanwhile } from './write-resources.js'

/** A write of the membership port. */
export interface GroupWrite {
  readonly transaction: Transaction
  /** Tenant, and resource type of the group. */
  readonly context: StoreContext
  readonly groupId: string
  /** Time of the change, and the version that is expected. */
  readonly options: MembershipWrite
}

/** What is to change among the members of a group. */
export interface MemberChanges {
  readonly add: readonly Member[]
  readonly remove: readonly string[]
}

/**
 * Adds and removes members; the group gets a new version when something has really changed.
 *
 * @throws {ScimError} 404 without the group; 412 when it does not have the expected version.
 */
export function changeMembers(write: GroupWrite, changes: MemberChanges): MembershipChange {
  return applyChanges(write, requireGroup(write), changes)
}

/** Makes the given members the only ones. @throws {ScimError} As {@link changeMembers}. */
export function replaceMembers(write: GroupWrite, members: readonly Member[]): MembershipChange {
  const group = requireGroup(write)
  const wanted = new Set(members.map(({ value }) => value))
  const ids = readMemberIds(write.transaction.connection, group.resource)
  return applyChanges(write, group, { add: members, remove: ids.filter((id) => !wanted.has(id)) })
}

/** Removes a resource from all groups; each of them gets a new version. */
export function forgetMember(
  transaction: Transaction,
  tenantId: string,
  { memberId, now }: { readonly memberId: string; readonly now: string },
): void {
  const { connection } = transaction
  const tenant = findTenant(connection, tenantId)
  if (tenant === undefined) return
  for (const { resource, scope, type, id, version } of readGroupsOfMember(connection, tenant, memberId)) {
    deleteMembership(connection, resource, memberId)
    const at = touchRow(connection, resource, now)
    const change = { resourceType: type, id, kind: 'members', version: String(version + 1), at } as const
    recordChange(transaction, { scope, tenant }, change)
  }
}

function requireGroup({ transaction, context, groupId, options }: GroupWrite): ScopedRow {
  const row = findScopedRow(transaction.connection, context, groupId)
  if (!row) throw new ScimError(404, 'The group does not exist, or no longer exists')
  const { expectedVersion } = options
  if (expectedVersion !== undefined && expectedVersion !== String(row.version)) throw changedMeanwhile()
  return row
}

function applyChanges(write: GroupWrite, group: ScopedRow, changes: MemberChanges): MembershipChange {
  const { transaction, context, options } = write
  const { connection } = transaction
  const { resourceType } = context
  const removed = changes.remove.filter((id) => deleteMembership(connection, group.resource, id))
  const { added, hasNewDisplay, differing } = addMembers(connection, group, changes.add)
  if (!hasNewDisplay && added.length + removed.length === 0) {
    return { meta: readMeta(group, resourceType), added, removed, differing }
  }
  const at = touchRow(connection, group.resource, options.now)
  const meta = readMeta({ ...group, version: group.version + 1, last_modified: at }, resourceType)
  const change = { resourceType, id: fromSqlText(group.id), kind: 'members', version: meta.version, at } as const
  recordChange(transaction, group, change)
  return { meta, added, removed, differing }
}

/** Adds members; one that the group has already gets the given display where it has none. */
function addMembers(connection: SqlConnection, group: ScopedRow, members: readonly Member[]) {
  const added: string[] = []
  const differing: string[] = []
  let hasNewDisplay = false
  for (const member of members) {
    const { value, display } = member
    if (insertMembership(connection, group, member)) added.push(value)
    else if (display === undefined) continue
    else if (insertMemberDisplay(connection, group.resource, { value, display })) hasNewDisplay = true
    else if (readMemberDisplay(connection, group.resource, value) !== display) differing.push(value)
  }
  return { added, hasNewDisplay, differing }
}

function readMeta(row: Omit<ScopedRow, 'document'>, resourceType: string): StoredResource['meta'] {
  return { resourceType, created: row.created, lastModified: row.last_modified, version: String(row.version) }
}
