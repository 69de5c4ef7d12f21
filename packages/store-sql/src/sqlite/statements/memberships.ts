import type { Member } from '@scimkit/server-kit'
import { fromSqlText, toSqlText } from '../../documents/sql-text.js'
import type { SqlConnection } from '../sql-connection.js'

/** Adds a member. @returns Whether it was none before. */
export function insertMembership(connection: SqlConnection, group: number, tenant: number, member: Member): boolean {
  return (
    connection
      .statement(
        'INSERT INTO memberships (group_resource, member, tenant, type, display) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
      )
      .run(
        group,
        toSqlText(member.value),
        tenant,
        toSqlText(member.type),
        member.display === undefined ? null : toSqlText(member.display),
      ) === 1
  )
}

/** Gives a member its display where it has none. @returns Whether it had none. */
export function nameMembership(connection: SqlConnection, group: number, member: string, display: string): boolean {
  return (
    connection
      .statement('UPDATE memberships SET display = ? WHERE group_resource = ? AND member = ? AND display IS NULL')
      .run(toSqlText(display), group, toSqlText(member)) === 1
  )
}

/** @returns The display of a member; `undefined` when it has none. */
export function readMemberDisplay(connection: SqlConnection, group: number, member: string): string | undefined {
  const row = connection
    .statement<{ display: string | null }>('SELECT display FROM memberships WHERE group_resource = ? AND member = ?')
    .get(group, toSqlText(member))
  return typeof row?.display === 'string' ? fromSqlText(row.display) : undefined
}

/** Takes a member out. @returns Whether it was one. */
export function deleteMembership(connection: SqlConnection, group: number, member: string): boolean {
  return (
    connection
      .statement('DELETE FROM memberships WHERE group_resource = ? AND member = ?')
      .run(group, toSqlText(member)) === 1
  )
}

/** Takes all members out of a group. */
export function deleteMembershipsOfGroup(connection: SqlConnection, group: number): void {
  connection.statement('DELETE FROM memberships WHERE group_resource = ?').run(group)
}

/** @returns Those of the given ids that are members. */
export function readMembersAmong(connection: SqlConnection, group: number, ids: readonly string[]): readonly string[] {
  return connection
    .statement<{ member: string }>(
      'SELECT member FROM json_each(?) AS asked CROSS JOIN memberships ON group_resource = ? AND member = asked.value',
    )
    .all(JSON.stringify(ids.map(toSqlText)), group)
    .map(({ member }) => fromSqlText(member))
}

/** @returns Ids of all members. */
export function readMemberIds(connection: SqlConnection, group: number): readonly string[] {
  return connection
    .statement<{ member: string }>('SELECT member FROM memberships WHERE group_resource = ?')
    .all(group)
    .map(({ member }) => fromSqlText(member))
}

/** @returns Number of members. */
export function countMembers(connection: SqlConnection, group: number): number {
  return (
    connection
      .statement<{ count: number }>('SELECT count(*) AS count FROM memberships WHERE group_resource = ?')
      .get(group)?.count ?? 0
  )
}

/** @returns Up to `count` members in the order of their ids, behind the id `after`. */
export function readMembersAfter(
  connection: SqlConnection,
  group: number,
  after: string,
  count: number,
): readonly Member[] {
  return connection
    .statement<{ member: string; type: string; display: string | null }>(
      'SELECT member, type, display FROM memberships WHERE group_resource = ? AND member > ? ORDER BY member LIMIT ?',
    )
    .all(group, toSqlText(after), count)
    .map((row) => ({
      value: fromSqlText(row.member),
      type: fromSqlText(row.type),
      ...(row.display !== null && { display: fromSqlText(row.display) }),
    }))
}
