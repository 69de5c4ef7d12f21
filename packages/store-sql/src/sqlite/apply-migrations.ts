import { type Migration, migrations } from './migrations.js'
import { type SqliteDatabase, shortBusyTimeout } from './open-sqlite.js'
import type { SqlConnection } from './sql-connection.js'

/**
 * Takes every step behind a schema version, each in a transaction of its own, and waits for other processes meanwhile.
 *
 * @param database Open database.
 * @param from Schema version of the database.
 * @param finish Writes what a migrated database has to contain, in a last transaction.
 */
export function applyMigrations(
  { writer, busyTimeout }: SqliteDatabase,
  from: number,
  finish: (connection: SqlConnection) => void,
): void {
  writer.execute(`PRAGMA busy_timeout = ${Math.ceil(busyTimeout)}`)
  for (const migration of migrations.slice(from)) atomically(writer, () => takeStep(writer, migration))
  atomically(writer, () => finish(writer))
  writer.execute(`PRAGMA busy_timeout = ${shortBusyTimeout}`)
}

/** Reads the schema version of a database; 0 for one without tables of ours. */
export function readSchemaVersion(connection: SqlConnection): number {
  return connection.statement<{ user_version: number }>('PRAGMA user_version').get()?.user_version ?? 0
}

function takeStep(writer: SqlConnection, { version, statements }: Migration): void {
  // Another process may have taken the step while this one waited for the lock.
  if (readSchemaVersion(writer) >= version) return
  writer.execute(statements)
  writer.execute(`PRAGMA user_version = ${version}`)
}

function atomically(writer: SqlConnection, work: () => void): void {
  writer.execute('BEGIN IMMEDIATE')
  try {
    work()
    writer.execute('COMMIT')
  } catch (error) {
    try {
      writer.execute('ROLLBACK')
    } catch {
      // After a full disk SQLite has already rolled back; the first error is the one to report.
    }
    throw error
  }
}
