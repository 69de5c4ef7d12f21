import { randomBytes } from 'node:crypto'
import { ScimError } from '@scimkit/core/schema'
import type { SqlConnection } from '../sqlite/sql-connection.js'
import type { SqlSession } from '../sqlite/sql-session.js'
import { readSetting, writeSetting } from '../sqlite/statements/settings.js'

const setting = 'cursor secret'

/**
 * Finds the secrets that sign cursors. A database that an older version has migrated has no secret until the first call
 * writes one; where it cannot be written, the list is empty and the process uses a secret of its own.
 *
 * @param session Session over committed data.
 */
export async function findCursorSecrets(session: SqlSession): Promise<readonly string[]> {
  const known = await session.read((connection) => readSetting(connection, setting))
  if (known !== undefined) return [known]
  try {
    return [await session.write(({ connection }) => requireCursorSecret(connection))]
  } catch (error) {
    if (error instanceof ScimError && error.status >= 500) return []
    throw error
  }
}

/**
 * Reads the secret that signs cursors, and writes one when the database has none.
 *
 * @param connection Connection within a transaction.
 * @returns Text of 64 characters, 32 random bytes.
 */
export function requireCursorSecret(connection: SqlConnection): string {
  const known = readSetting(connection, setting)
  if (known !== undefined) return known
  const secret = randomBytes(32).toString('hex')
  writeSetting(connection, setting, secret)
  return secret
}
