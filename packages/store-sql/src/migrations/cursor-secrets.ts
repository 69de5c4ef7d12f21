import { randomBytes } from 'node:crypto'
import { ScimError } from '@scimkit/core/schema'
import type { SqlSession } from '../sqlite/create-session.js'
import type { SqlConnection } from '../sqlite/sql-connection.js'
import { readSetting, writeSetting } from '../sqlite/statements/settings.js'

const setting = 'cursor secret'

/**
 * Finds the secrets that sign cursors. A database that an older version has migrated has none before it is first asked;
 * where it cannot be written then, there are none, and the process makes do with one of its own.
 *
 * @param session Session over committed data.
 */
export async function findCursorSecrets(session: SqlSession): Promise<readonly string[]> {
  const known = await session.read((connection) => readSetting(connection, setting))
  if (known !== undefined) return [known]
  try {
    return await session.write(({ connection }) => readCursorSecrets(connection))
  } catch (error) {
    if (error instanceof ScimError && error.status >= 500) return []
    throw error
  }
}

/**
 * Reads the secrets that sign cursors; the first time it makes one.
 *
 * @param connection Connection within a transaction.
 * @returns Texts of 64 characters, 32 random bytes each.
 */
export function readCursorSecrets(connection: SqlConnection): readonly string[] {
  const known = readSetting(connection, setting)
  if (known !== undefined) return [known]
  const made = randomBytes(32).toString('hex')
  writeSetting(connection, setting, made)
  return [made]
}
