import type { MembershipPort, StoreContext } from '@scimkit/server-kit'
import type { SqlSession } from '../sqlite/create-session.js'
import type { SqlConnection } from '../sqlite/sql-connection.js'
import { readGroupsOf } from '../sqlite/statements/membership-graph.js'
import { countMembers, readMembersAfter, readMembersAmong } from '../sqlite/statements/memberships.js'
import { findScopedRow } from '../sqlite/statements/resources.js'
import { findTenant } from '../sqlite/statements/scopes.js'
import { changeMembers, forgetMember, replaceMembers } from './write-members.js'

/**
 * Makes the membership port over a view of the database.
 *
 * @param session Committed data, or the inside of a transaction.
 */
export function createMembershipPort(session: SqlSession): MembershipPort {
  return {
    async add(context, groupId, members, write) {
      return session.write((access) => changeMembers(access, context, groupId, { add: members, remove: [] }, write))
    },
    async remove(context, groupId, ids, write) {
      return session.write((access) => changeMembers(access, context, groupId, { add: [], remove: ids }, write))
    },
    async replace(context, groupId, members, write) {
      return session.write((access) => replaceMembers(access, context, groupId, members, write))
    },
    async has(context, groupId, ids) {
      return session.read((connection) => {
        const group = findGroup(connection, context, groupId)
        return new Set(group === undefined ? [] : readMembersAmong(connection, group, ids))
      })
    },
    async count(context, groupId) {
      return session.read((connection) => {
        const group = findGroup(connection, context, groupId)
        return group === undefined ? 0 : countMembers(connection, group)
      })
    },
    async page(context, groupId, { after = '', count }) {
      return session.read((connection) => {
        const group = findGroup(connection, context, groupId)
        if (group === undefined) return { members: [] }
        const found = readMembersAfter(connection, group, after, count + 1)
        const members = found.slice(0, count)
        const last = members.at(-1)
        return { members, ...(last && found.length > count && { next: last.value }) }
      })
    },
    async groupsOf(context, ids) {
      return session.read((connection) => {
        const tenant = findTenant(connection, context.tenantId)
        return tenant === undefined ? new Map() : readGroupsOf(connection, tenant, ids)
      })
    },
    async forget(context, memberId, now) {
      await session.write((access) => forgetMember(access, context, memberId, now))
    },
  }
}

function findGroup(connection: SqlConnection, context: StoreContext, groupId: string): number | undefined {
  return findScopedRow(connection, context, groupId)?.resource
}
