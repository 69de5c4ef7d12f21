import type { KeptChange, OutboxChange, OutboxKey, OutboxLease, OutboxSelection } from '@scimkit/server-kit'
import { fromSqlText, toSqlText } from '../../documents/sql-text.js'
import { requireRow, type SqlConnection } from '../sql-connection.js'

/** What {@link PendingChanges} tells about a change that has left its holder. */
export type SettledChange = Pick<KeptChange, 'resource' | 'member' | 'sequence' | 'urgency'>

/** A change of one key, and whether it has a holder. */
export interface PendingOfKey {
  readonly sequence: number
  readonly held: number
}

/** A lease whose time began before the machine was started is void: the clock of leases starts anew with the machine. */
const held = '(held_since <= ? AND held_until > ?)'
const among = 'sequence IN (SELECT kept.sequence FROM json_each(?) AS asked CROSS JOIN pending_changes AS kept'

/** The changes of one tenant whose after-hooks have not all succeeded. */
export class PendingChanges {
  readonly #connection: SqlConnection
  readonly #tenant: number

  constructor(connection: SqlConnection, tenant: number) {
    this.#connection = connection
    this.#tenant = tenant
  }

  /** Adds a change that has no holder yet. */
  insert(change: OutboxChange): KeptChange {
    const row = this.#connection
      .statement<{ sequence: number }>(
        `INSERT INTO pending_changes (tenant, id, resource, member, urgency, payload) VALUES (?, ?, ?, ?, ?, ?)
         RETURNING sequence`,
      )
      .get(this.#tenant, change.id, ...keyColumns(change), change.urgency ?? null, change.payload)
    return { ...change, sequence: requireRow(row).sequence, attempts: 0, parked: false, overtaken: false }
  }

  /** Lists selected changes in their order. */
  list(selection: OutboxSelection): readonly KeptChange[] {
    return this.#select(selection, '', [])
  }

  /**
   * Lists selected changes that have no holder, in their order. Parked ones are listed only where the ids are given.
   *
   * @param now Milliseconds on the clock of leases.
   */
  listFree(selection: OutboxSelection, now: number): readonly KeptChange[] {
    return this.#select(selection, `AND NOT ${held}${selection.ids ? '' : ' AND parked = 0'}`, [now, now])
  }

  /** Lists the changes of one key in their order. @param now Milliseconds on the clock of leases. */
  listOfKey(key: OutboxKey, now: number): readonly PendingOfKey[] {
    return this.#connection
      .statement<PendingOfKey>(
        `SELECT sequence, ${held} AS held FROM pending_changes
         WHERE tenant = ? AND resource = ? AND member = ? ORDER BY sequence`,
      )
      .all(now, now, this.#tenant, ...keyColumns(key))
  }

  /** Gives changes to a holder. @param now Milliseconds on the clock of leases. */
  hold(ids: readonly string[], { holder, duration }: OutboxLease, now: number): void {
    const hold = this.#connection.statement(
      'UPDATE pending_changes SET holder = ?, held_since = ?, held_until = ? WHERE id = ? AND tenant = ?',
    )
    for (const id of ids) hold.run(holder, now, now + duration, id, this.#tenant)
  }

  /**
   * Takes changes back from their holder; those that have another holder by now stay with that one.
   *
   * @param outcome Whether an attempt failed, and whether no further attempt is to be made.
   * @returns The changes that were taken back.
   */
  release(
    ids: readonly string[],
    holder: string,
    { failed = 0, parked = 0 }: { readonly failed?: 0 | 1; readonly parked?: 0 | 1 } = {},
  ): readonly SettledChange[] {
    const release = this.#connection.statement<SettledRow>(
      `UPDATE pending_changes SET holder = NULL, held_until = 0, attempts = attempts + ?, parked = max(parked, ?)
       WHERE id = ? AND tenant = ? AND holder = ?
       RETURNING sequence, resource, member, urgency`,
    )
    return ids.flatMap((id) => release.all(failed, parked, id, this.#tenant, holder).map(toSettled))
  }

  /** Deletes changes of a holder. @returns The changes that were deleted. */
  deleteHeld(ids: readonly string[], holder: string): readonly SettledChange[] {
    const remove = this.#connection.statement<SettledRow>(
      `DELETE FROM pending_changes WHERE id = ? AND tenant = ? AND holder = ?
       RETURNING sequence, resource, member, urgency`,
    )
    return ids.flatMap((id) => remove.all(id, this.#tenant, holder).map(toSettled))
  }

  /** Deletes a change, whether it has a holder or not. @returns Whether it was there. */
  delete(id: string): boolean {
    const remove = this.#connection.statement('DELETE FROM pending_changes WHERE tenant = ? AND id = ?')
    return remove.run(this.#tenant, id) > 0
  }

  /** Deletes or marks what is older than an urgent change that the application has heard of. */
  overtake({ sequence, urgency, ...key }: SettledChange): void {
    const action = urgency === 'ends' ? 'DELETE FROM pending_changes' : 'UPDATE pending_changes SET overtaken = 1'
    const coversMembers = urgency === 'ends' && key.member === undefined
    const [resource, member] = keyColumns(key)
    this.#connection
      .statement(
        `${action} WHERE tenant = ? AND resource = ? ${coversMembers ? '' : 'AND member = ?'} AND sequence < ?`,
      )
      .run(this.#tenant, resource, ...(coversMembers ? [] : [member]), sequence)
  }

  #select(
    { ids, keys, resource, after = 0, limit }: OutboxSelection,
    condition: string,
    parameters: readonly number[],
  ): readonly KeptChange[] {
    const tenant = this.#tenant
    // The inner statements keep the planner from walking through everything of the tenant in its order.
    const conditions = [
      ...(ids ? [`${among} ON kept.id = asked.value)`] : []),
      ...(keys
        ? [`${among} ON kept.tenant = ? AND kept.resource = asked.value ->> 0 AND kept.member = asked.value ->> 1)`]
        : []),
      ...(resource === undefined
        ? []
        : ['sequence IN (SELECT sequence FROM pending_changes WHERE tenant = ? AND resource = ?)']),
      'sequence > ?',
    ]
    return this.#connection
      .statement<PendingRow>(
        `SELECT sequence, id, resource, member, urgency, payload, attempts, parked, overtaken FROM pending_changes
         WHERE tenant = ? AND ${conditions.join(' AND ')} ${condition} ORDER BY sequence LIMIT ?`,
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
      .map(toKept)
  }
}

/** Counts the pending changes of every tenant, by its id. */
export function countPending(connection: SqlConnection): ReadonlyMap<string, number> {
  const rows = connection
    .statement<{ name: string; kept: number }>(
      'SELECT tenants.name, count(*) AS kept FROM pending_changes JOIN tenants USING (tenant) GROUP BY tenant',
    )
    .all()
  return new Map(rows.map(({ name, kept }) => [fromSqlText(name), kept]))
}

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

type SettledRow = Pick<PendingRow, 'sequence' | 'resource' | 'member' | 'urgency'>

function toKept({ id, payload, attempts, parked, overtaken, ...row }: PendingRow): KeptChange {
  return { id, ...toSettled(row), payload, attempts, parked: parked === 1, overtaken: overtaken === 1 }
}

function toSettled({ sequence, resource, member, urgency }: SettledRow): SettledChange {
  return {
    sequence,
    resource: fromSqlText(resource),
    ...(member !== '' && { member: fromSqlText(member) }),
    ...(urgency && { urgency }),
  }
}

/** Ids of members are never empty, so `''` stands for a change of the resource itself. */
function keyColumns({ resource, member }: OutboxKey): readonly [resource: string, member: string] {
  return [toSqlText(resource), member === undefined ? '' : toSqlText(member)]
}
