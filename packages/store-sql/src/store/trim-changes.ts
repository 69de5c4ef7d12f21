import type { SqlSession } from '../sqlite/sql-session.js'
import { deleteChangesBefore, isWholeBatch } from '../sqlite/statements/changes.js'
import { listTenants } from '../sqlite/statements/scopes.js'

/**
 * Deletes old entries of the change feed, of every tenant, some thousand at a time, so that other writes come in between.
 *
 * @param session Session over committed data.
 * @param before Entries older than this are deleted.
 * @returns Number of entries deleted.
 */
export async function trimChanges(session: SqlSession, before: Date): Promise<number> {
  const at = before.toISOString()
  let total = 0
  for (const tenant of await session.read(listTenants)) {
    let deleted: number
    do {
      deleted = await session.write(({ connection }) => deleteChangesBefore(connection, tenant, at))
      total += deleted
    } while (isWholeBatch(deleted))
  }
  return total
}
