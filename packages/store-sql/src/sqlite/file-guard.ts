import { statSync } from 'node:fs'
import { ScimError } from '@scimkit/core/schema'
import { schemaVersion } from './migrations.js'
import type { SqlConnection } from './sql-connection.js'

/** Milliseconds that reads trust the last look. */
const trust = 1_000

/** Notices what others do to a database beyond its rows. */
export interface FileGuard {
  /**
   * Looks at the file and the schema; to be called within each transaction that writes.
   *
   * @param connection Connection of the transaction.
   * @throws {ScimError} 503 when the open file is not the one under its name any more, or has another schema version.
   */
  check(connection: SqlConnection): void
  /** The same for readers, who look again when the last look is a second old. */
  checkNowAndThen(connection: SqlConnection): void
}

/**
 * @param file Path of a file that has just been opened, or `:memory:`.
 * @returns A guard that remembers which file it was.
 */
export function createFileGuard(file: string): FileGuard {
  const opened = findFile(file)
  let looked = Number.NEGATIVE_INFINITY

  function check(connection: SqlConnection): void {
    if (findFile(file) !== opened) {
      throw new ScimError(503, 'The database file was removed or replaced; nothing was changed, start the server again')
    }
    const version = connection.statement<{ user_version: number }>('PRAGMA user_version').get()?.user_version
    if (version !== schemaVersion) {
      throw new ScimError(503, 'The database was migrated to another schema version; start the server again')
    }
    looked = performance.now()
  }

  return {
    check,
    checkNowAndThen(connection) {
      if (performance.now() - looked >= trust) check(connection)
    },
  }
}

/** The device and inode of a file, which a file of the same name does not share. */
function findFile(file: string): string | undefined {
  if (file === ':memory:') return undefined
  const found = statSync(file, { bigint: true, throwIfNoEntry: false })
  return found && `${found.dev} ${found.ino}`
}
