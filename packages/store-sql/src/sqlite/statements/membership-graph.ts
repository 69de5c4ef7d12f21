import type { Member, Membership } from '@scimkit/server-kit'
import { fromSqlText, toSqlText } from '../../documents/sql-text.js'
import type { SqlConnection } from '../sql-connection.js'
import { type IdPage, readMembersAfter } from './memberships.js'
import { findResource } from './resources.js'
import type { Scope } from './scopes.js'

/** A group that a member belongs to, with what a new version of it needs. */
export interface GroupOfMember {
  readonly resource: number
  readonly scope: number
  readonly id: string
  readonly type: string
  readonly version: number
}

/** Reads the groups that list a member directly. */
export function readGroupsOfMember(
  connection: SqlConnection,
  tenant: number,
  member: string,
): readonly GroupOfMember[] {
  return connection
    .statement<GroupOfMember>(
      `SELECT resources.resource, resources.scope, resources.id, scopes.type, resources.version
       FROM memberships CROSS JOIN resources ON resource = group_resource CROSS JOIN scopes USING (scope)
       WHERE memberships.tenant = ? AND member = ? ORDER BY resources.id`,
    )
    .all(tenant, toSqlText(member))
    .map((row) => ({ ...row, id: fromSqlText(row.id), type: fromSqlText(row.type) }))
}

/**
 * Finds the groups of members, including those that contain the members through nested groups. Each pair of member and
 * group is visited once, so groups may contain each other. A group is never listed as a group of itself.
 *
 * @param connection Connection to read through.
 * @param tenant Number of the tenant.
 * @param ids Ids of members.
 * @returns The groups of each member in the order of their ids; members without groups are absent.
 */
export function readGroupsOf(
  connection: SqlConnection,
  tenant: number,
  ids: readonly string[],
): Map<string, Membership[]> {
  const found = new Map<string, Membership[]>()
  const asked = JSON.stringify(ids.map(toSqlText))
  if (!hasMembership(connection, tenant, asked)) return found
  const rows = connection
    .statement<{ start: string; id: string; display: string | null; indirect: 0 | 1 }>(
      `WITH RECURSIVE above (start, group_resource, indirect) AS (
         SELECT DISTINCT asked.value, memberships.group_resource, 0
         FROM json_each(?) AS asked CROSS JOIN memberships ON tenant = ? AND member = asked.value
         UNION
         SELECT above.start, memberships.group_resource, 1
         FROM above CROSS JOIN resources ON resource = above.group_resource
         CROSS JOIN memberships ON memberships.tenant = ? AND memberships.member = resources.id
       )
       SELECT start, resources.id, resources.document ->> '$.displayName' AS display, min(indirect) AS indirect
       FROM above CROSS JOIN resources ON resource = group_resource
       WHERE resources.id <> start
       GROUP BY start, group_resource ORDER BY start, resources.id`,
    )
    .all(asked, tenant, tenant)
  for (const row of rows) {
    const start = fromSqlText(row.start)
    const list = found.get(start) ?? []
    if (list.length === 0) found.set(start, list)
    list.push({
      group: fromSqlText(row.id),
      ...(typeof row.display === 'string' && { display: row.display }),
      type: row.indirect === 1 ? 'indirect' : 'direct',
    })
  }
  return found
}

/** Most resources are in no group, and this check costs a fraction of the walk upwards. */
function hasMembership(connection: SqlConnection, tenant: number, asked: string): boolean {
  return (
    connection
      .statement(
        'SELECT 1 FROM json_each(?) AS asked CROSS JOIN memberships ON tenant = ? AND member = asked.value LIMIT 1',
      )
      .get(asked, tenant) !== undefined
  )
}

/** Reads the ids of everything in a group, including what is in nested groups, without the group itself. */
export function readMembersWithin(connection: SqlConnection, tenant: number, group: string): readonly string[] {
  return connection
    .statement<{ member: string }>(
      `WITH RECURSIVE within (member) AS (
         SELECT ?
         UNION
         SELECT memberships.member
         FROM within CROSS JOIN scopes ON scopes.tenant = ?
         CROSS JOIN resources ON resources.scope = scopes.scope AND resources.id = within.member
         CROSS JOIN memberships ON group_resource = resource
       )
       SELECT member FROM within WHERE member <> ? ORDER BY member`,
    )
    .all(toSqlText(group), tenant, toSqlText(group))
    .map(({ member }) => fromSqlText(member))
}

/** Reads the ids of the groups of a scope that list a member directly. */
export function readGroupIdsWith(connection: SqlConnection, scope: Scope, member: string): readonly string[] {
  return connection
    .statement<{ id: string }>(
      `SELECT resources.id FROM memberships CROSS JOIN resources ON resource = group_resource
       WHERE memberships.tenant = ? AND member = ? AND resources.scope = ? ORDER BY resources.id`,
    )
    .all(scope.tenant, toSqlText(member), scope.scope)
    .map(({ id }) => fromSqlText(id))
}

/** Reads a page of members of a group, by the group's id, in the order of their ids. */
export function readMembersOf(
  connection: SqlConnection,
  { scope, id }: { readonly scope: number; readonly id: string },
  page: IdPage,
): readonly Member[] {
  const row = findResource(connection, scope, id)
  return row === undefined ? [] : readMembersAfter(connection, row, page)
}
