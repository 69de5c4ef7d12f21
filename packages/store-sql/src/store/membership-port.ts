import type { MembershipPort, MembershipWrite, StoreContext } from '@scimkit/server-kit'
import type { SqlConnection } from '../sqlite/sql-connection.js'
import type { SqlSession } from '../sqlite/sql-session.js'
import { readGroupsOf } from '../sqlite/statements/membership-graph.js'
import { countMembers, readMembersAfter, readMembersAmong } from '../sqlite/statements/memberships.js'
import { findScopedRow } from '../sqlite/statements/resources.js'
import { findTenant } from '../sqlite/statements/scopes.js'
import { changeMembers, forgetMember, type GroupWrite, replaceMembers } from './write-members.js'

/**
 * Creates the membership port over a view of the database.
 *
 * @param session Committed data, or the inside of a transaction.
 */
export function createMembershipPort(session: SqlSession): MembershipPort {
  type Target = Omit<GroupWrite, 'transaction'>
  const write = <R>(target: Target, work: (write: GroupWrite) => R) =>
    session.write((transaction) => work({ ...target, transaction }))
  const targetOf = (context: StoreContext, groupId: string, options: MembershipWrite): Target => ({
    context,
    groupId,
    options,
  })
  return {
    add: (context, groupId, members, options) =>
      write(targetOf(context, groupId, options), (group) => changeMembers(group, { add: members, remove: [] })),
    remove: (context, groupId, ids, options) =>
      write(targetOf(context, groupId, options), (group) => changeMembers(group, { add: [], remove: ids })),
    replace: (context, groupId, members, options) =>
      write(targetOf(context, groupId, options), (group) => replaceMembers(group, members)),
    has: (context, groupId, ids) =>
      session.read((connection) => {
        const group = findGroup(connection, context, groupId)
        return new Set(group === undefined ? [] : readMembersAmong(connection, group, ids))
      }),
    count: (context, groupId) =>
      session.read((connection) => {
        const group = findGroup(connection, context, groupId)
        return group === undefined ? 0 : countMembers(connection, group)
      }),
    page: (context, groupId, { after = '', count }) =>
      session.read((connection) => {
        const group = findGroup(connection, context, groupId)
        if (group === undefined) return { members: [] }
        const found = readMembersAfter(connection, group, { after, count: count + 1 })
        const members = found.slice(0, count)
        const last = members.at(-1)
        return { members, ...(last && found.length > count && { next: last.value }) }
      }),
    groupsOf: (context, ids) =>
      session.read((connection) => {
        const tenant = findTenant(connection, context.tenantId)
        return tenant === undefined ? new Map() : readGroupsOf(connection, tenant, ids)
      }),
    forget: (context, memberId, now) =>
      session.write((transaction) => forgetMember(transaction, context.tenantId, { memberId, now })),
  }
}

function findGroup(connection: SqlConnection, context: StoreContext, groupId: string): number | undefined {
  return findScopedRow(connection, context, groupId)?.resource
}
