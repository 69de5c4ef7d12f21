import { statSync } from 'node:fs'
import { ScimError } from '@scimkit/core/schema'
import { schemaVersion } from './migrations.js'
import type { SqlConnection } from './sql-connection.js'

/** Milliseconds for which reads rely on the last check. */
const maxAge = 1_000

/** Notices what others do to a database file beyond its rows. */
export interface FileGuard {
  /**
   * Checks the file and its schema; called within every transaction that writes.
   *
   * @param connection Connection of the transaction.
   * @throws {ScimError} 503 when its name no longer leads to the open file, or the file has another schema version.
   */
  check(connection: SqlConnection): void
  /** The same for reads, which check again when the last check is a second old. */
  checkNowAndThen(connection: SqlConnection): void
}

/**
 * Creates a guard that remembers which file was opened.
 *
 * @param file Path of a file that has just been opened, or `:memory:`.
 */
export function createFileGuard(file: string): FileGuard {
  const opened = identifyFile(file)
  let lastCheck = Number.NEGATIVE_INFINITY

  function check(connection: SqlConnection): void {
    if (identifyFile(file) !== opened) {
      throw new ScimError(503, 'The database file was removed or replaced; nothing was changed, restart the server')
    }
    const version = connection.statement<{ user_version: number }>('PRAGMA user_version').get()?.user_version
    if (version !== schemaVersion) {
      throw new ScimError(503, 'The database was migrated to another schema version; restart the server')
    }
    lastCheck = performance.now()
  }

  return {
    check,
    checkNowAndThen(connection) {
      if (performance.now() - lastCheck >= maxAge) check(connection)
    },
  }
}

/** Returns the device and inode of a file, which differ for another file of the same name. */
function identifyFile(file: string): string | undefined {
  if (file === ':memory:') return undefined
  const found = statSync(file, { bigint: true, throwIfNoEntry: false })
  return found && `${found.dev} ${found.ino}`
}
