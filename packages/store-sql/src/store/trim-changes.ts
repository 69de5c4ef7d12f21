import type { SqlSession } from '../sqlite/create-session.js'
import { deleteChangesBefore, isWholeBatch } from '../sqlite/statements/changes.js'
import { listTenants } from '../sqlite/statements/scopes.js'

/**
 * Drops old entries of the change feed, of every tenant. Writers come in between, some thousand entries at a time.
 *
 * @param session Session over committed data.
 * @param before Entries older than this are dropped.
 * @returns Number of entries dropped.
 */
export async function trimChanges(session: SqlSession, before: Date): Promise<number> {
  const at = before.toISOString()
  let total = 0
  for (const tenant of await session.read(listTenants)) {
    let dropped: number
    do {
      dropped = await session.write(({ connection }) => deleteChangesBefore(connection, tenant, at))
      total += dropped
    } while (isWholeBatch(dropped))
  }
  return total
}
