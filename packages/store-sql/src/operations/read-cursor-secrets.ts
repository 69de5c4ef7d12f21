import { randomBytes } from 'node:crypto'
import type { SqlConnection } from '../database/sql-connection.js'
import { readSetting, writeSetting } from '../tables/settings-table.js'

const setting = 'cursor secret'

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
