import type { KeptChange, OutboxChange, OutboxKey, OutboxLease, OutboxSelection } from '@scimkit/server-kit'
import { fromSqlText, toSqlText } from '../../documents/sql-text.js'
import type { SqlConnection } from '../sql-connection.js'

/** Adds a change that nobody has yet. */
export function insertPending(connection: SqlConnection, tenant: number, change: OutboxChange): KeptChange {
  const row = connection
    .statement<{ sequence: number }>(
      `INSERT INTO pending_changes (tenant, id, resource, member, urgency, payload) VALUES (?, ?, ?, ?, ?, ?)
       RETURNING sequence`,
    )
    .get(tenant, change.id, ...keyColumns(change), change.urgency ?? null, change.payload)
  if (!row) throw new Error('A change has no number right after it was kept')
  return { ...change, sequence: row.sequence, attempts: 0, parked: false, overtaken: false }
}

/** @returns Selected changes of a tenant in their order. */
export function readPending(
  connection: SqlConnection,
  tenant: number,
  selection: OutboxSelection,
): readonly KeptChange[] {
  return readSelected(connection, tenant, selection, '')
}

/**
 * @param now Milliseconds of the clock of leases.
 * @returns Selected changes that nobody has, in their order; parked ones where ids are named.
 */
export function readFree(
  connection: SqlConnection,
  tenant: number,
  selection: OutboxSelection,
  now: number,
): readonly KeptChange[] {
  const free = `AND NOT ${held}${selection.ids ? '' : ' AND parked = 0'}`
  return readSelected(connection, tenant, selection, free, now, now)
}

/** A lease of a time before the machine was started does not count, wherever its clock begins anew. */
const held = '(held_since <= ? AND held_until > ?)'

function readSelected(
  connection: SqlConnection,
  tenant: number,
  { ids, keys, resource, after = 0, limit }: OutboxSelection,
  condition: string,
  ...parameters: readonly number[]
): readonly KeptChange[] {
  // The inner statements keep the planner from walking over everything of the tenant in its order.
  const conditions = [
    ...(ids ? [`${among} ON kept.id = asked.value)`] : []),
    ...(keys
      ? [`${among} ON kept.tenant = ? AND kept.resource = asked.value ->> 0 AND kept.member = asked.value ->> 1)`]
      : []),
    ...(resource === undefined
      ? []
      : ['sequence IN (SELECT sequence FROM pending_changes WHERE tenant = ? AND resource = ?)']),
  ]
  const rows = connection
    .statement<PendingRow>(
      `SELECT sequence, id, resource, member, urgency, payload, attempts, parked, overtaken FROM pending_changes
       WHERE tenant = ? AND ${[...conditions, 'sequence > ?'].join(' AND ')} ${condition} ORDER BY sequence LIMIT ?`,
    )
    .all(
      tenant,
      ...(ids ? [JSON.stringify(ids)] : []),
      ...(keys ? [JSON.stringify(keys.map(keyColumns)), tenant] : []),
      ...(resource === undefined ? [] : [tenant, toSqlText(resource)]),
      after,
      ...parameters,
      limit,
    )
  return rows.map(toKept)
}

const among = 'sequence IN (SELECT kept.sequence FROM json_each(?) AS asked CROSS JOIN pending_changes AS kept'

interface PendingRow {
  readonly sequence: number
  readonly id: string
  readonly resource: string
  readonly member: string
  readonly urgency: OutboxChange['urgency'] | null
  readonly payload: string
  readonly attempts: number
  readonly parked: number
  readonly overtaken: number
}

function toKept(row: PendingRow): KeptChange {
  const { sequence, id, resource, member, urgency, payload, attempts, parked, overtaken } = row
  return {
    id,
    ...readKey(resource, member),
    ...readUrgency(urgency),
    payload,
    sequence,
    attempts,
    parked: parked === 1,
    overtaken: overtaken === 1,
  }
}

function readKey(resource: string, member: string): OutboxKey {
  return { resource: fromSqlText(resource), ...(member !== '' && { member: fromSqlText(member) }) }
}

function readUrgency(urgency: PendingRow['urgency']): Pick<OutboxChange, 'urgency'> {
  return urgency ? { urgency } : {}
}

/** @returns Numbers of the changes of one key in their order, and whether somebody has them. */
export function readOfKey(
  connection: SqlConnection,
  tenant: number,
  key: OutboxKey,
  now: number,
): readonly { readonly sequence: number; readonly held: number }[] {
  return connection
    .statement<{ sequence: number; held: number }>(
      `SELECT sequence, ${held} AS held FROM pending_changes
       WHERE tenant = ? AND resource = ? AND member = ? ORDER BY sequence`,
    )
    .all(now, now, tenant, ...keyColumns(key))
}

/** Gives changes to a holder. */
export function holdPending(
  connection: SqlConnection,
  tenant: number,
  ids: readonly string[],
  { holder, duration }: OutboxLease,
  now: number,
): void {
  const hold = connection.statement(
    'UPDATE pending_changes SET holder = ?, held_since = ?, held_until = ? WHERE id = ? AND tenant = ?',
  )
  for (const id of ids) hold.run(holder, now, now + duration, id, tenant)
}

type SettledChange = Pick<KeptChange, 'resource' | 'member' | 'sequence' | 'urgency'>
type SettledRow = Pick<PendingRow, 'sequence' | 'resource' | 'member' | 'urgency'>

/** Takes changes back from their holder; those that another one has by now stay his. @returns Those that were taken. */
export function freePending(
  connection: SqlConnection,
  tenant: number,
  holder: string,
  ids: readonly string[],
  { failed = 0, parked = 0 }: { readonly failed?: number; readonly parked?: number } = {},
): readonly SettledChange[] {
  const free = connection.statement<SettledRow>(
    `UPDATE pending_changes SET holder = NULL, held_until = 0, attempts = attempts + ?, parked = max(parked, ?)
     WHERE id = ? AND tenant = ? AND holder = ?
     RETURNING sequence, resource, member, urgency`,
  )
  return ids.flatMap((id) => free.all(failed, parked, id, tenant, holder).map(toSettled))
}

function toSettled({ sequence, resource, member, urgency }: SettledRow): SettledChange {
  return { sequence, ...readKey(resource, member), ...readUrgency(urgency) }
}

/** Drops changes of a holder. @returns Those that were dropped. */
export function deletePending(
  connection: SqlConnection,
  tenant: number,
  holder: string,
  ids: readonly string[],
): readonly SettledChange[] {
  const drop = connection.statement<SettledRow>(
    `DELETE FROM pending_changes WHERE id = ? AND tenant = ? AND holder = ?
     RETURNING sequence, resource, member, urgency`,
  )
  return ids.flatMap((id) => drop.all(id, tenant, holder).map(toSettled))
}

/** Drops a change, whoever has it. @returns Whether there was one. */
export function deleteOne(connection: SqlConnection, tenant: number, id: string): boolean {
  return connection.statement('DELETE FROM pending_changes WHERE tenant = ? AND id = ?').run(tenant, id) > 0
}

/** Deals with what was made before an urgent change that the application has been told. */
export function overtakePending(
  connection: SqlConnection,
  tenant: number,
  { sequence, urgency, ...key }: SettledChange,
): void {
  const what = urgency === 'ends' ? 'DELETE FROM pending_changes' : 'UPDATE pending_changes SET overtaken = 1'
  const isWhole = urgency === 'ends' && key.member === undefined
  const [resource, member] = keyColumns(key)
  connection
    .statement(`${what} WHERE tenant = ? AND resource = ? ${isWhole ? '' : 'AND member = ?'} AND sequence < ?`)
    .run(tenant, resource, ...(isWhole ? [] : [member]), sequence)
}

/** @returns Number of changes that are kept, by the id of the tenant. */
export function countPending(connection: SqlConnection): ReadonlyMap<string, number> {
  const rows = connection
    .statement<{ name: string; kept: number }>(
      'SELECT tenants.name, count(*) AS kept FROM pending_changes JOIN tenants USING (tenant) GROUP BY tenant',
    )
    .all()
  return new Map(rows.map(({ name, kept }) => [fromSqlText(name), kept]))
}

/** No member has an empty id. */
function keyColumns({ resource, member }: OutboxKey): readonly [resource: string, member: string] {
  return [toSqlText(resource), member === undefined ? '' : toSqlText(member)]
}
