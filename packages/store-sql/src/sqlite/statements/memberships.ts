import type { Member } from '@scimkit/server-kit'
import { fromSqlText, toSqlText } from '../../documents/sql-text.js'
import type { SqlConnection } from '../sql-connection.js'

/** A group, by the number of its row and of its tenant. */
export interface GroupRow {
  readonly resource: number
  readonly tenant: number
}

/** Adds a member. @returns Whether the group did not have it before. */
export function insertMembership(connection: SqlConnection, group: GroupRow, member: Member): boolean {
  return (
    connection
      .statement(
        'INSERT INTO memberships (group_resource, member, tenant, type, display) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
      )
      .run(
        group.resource,
        toSqlText(member.value),
        group.tenant,
        toSqlText(member.type),
        member.display === undefined ? null : toSqlText(member.display),
      ) === 1
  )
}

/** Writes the display of a member that has none. @returns Whether it had none. */
export function insertMemberDisplay(
  connection: SqlConnection,
  group: number,
  { value, display }: { readonly value: string; readonly display: string },
): boolean {
  return (
    connection
      .statement('UPDATE memberships SET display = ? WHERE group_resource = ? AND member = ? AND display IS NULL')
      .run(toSqlText(display), group, toSqlText(value)) === 1
  )
}

/** Reads the display of a member; `undefined` when it has none. */
export function readMemberDisplay(connection: SqlConnection, group: number, member: string): string | undefined {
  const row = connection
    .statement<{ display: string | null }>('SELECT display FROM memberships WHERE group_resource = ? AND member = ?')
    .get(group, toSqlText(member))
  return typeof row?.display === 'string' ? fromSqlText(row.display) : undefined
}

/** Removes a member. @returns Whether the group had it. */
export function deleteMembership(connection: SqlConnection, group: number, member: string): boolean {
  return (
    connection
      .statement('DELETE FROM memberships WHERE group_resource = ? AND member = ?')
      .run(group, toSqlText(member)) === 1
  )
}

/** Removes all members of a group. */
export function deleteMembershipsOfGroup(connection: SqlConnection, group: number): void {
  connection.statement('DELETE FROM memberships WHERE group_resource = ?').run(group)
}

/** Selects those of the given ids that are members. */
export function readMembersAmong(connection: SqlConnection, group: number, ids: readonly string[]): readonly string[] {
  return connection
    .statement<{ member: string }>(
      'SELECT member FROM json_each(?) AS asked CROSS JOIN memberships ON group_resource = ? AND member = asked.value',
    )
    .all(JSON.stringify(ids.map(toSqlText)), group)
    .map(({ member }) => fromSqlText(member))
}

/** Reads the ids of all members. */
export function readMemberIds(connection: SqlConnection, group: number): readonly string[] {
  return connection
    .statement<{ member: string }>('SELECT member FROM memberships WHERE group_resource = ?')
    .all(group)
    .map(({ member }) => fromSqlText(member))
}

/** Counts the members of a group. */
export function countMembers(connection: SqlConnection, group: number): number {
  return (
    connection
      .statement<{ count: number }>('SELECT count(*) AS count FROM memberships WHERE group_resource = ?')
      .get(group)?.count ?? 0
  )
}

/** A part of a list that is in the order of its ids. */
export interface IdPage {
  /** Id behind which the part begins; `''` for the start of the list. */
  readonly after: string
  /** Maximum number of entries. */
  readonly count: number
}

/** Reads a page of members in the order of their ids. */
export function readMembersAfter(
  connection: SqlConnection,
  group: number,
  { after, count }: IdPage,
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
