import { explainStart } from '../sqlite/explain-start.js'
import { type Migration, migrations, schemaVersion } from '../sqlite/migrations.js'
import type { SqliteDatabase } from '../sqlite/open-sqlite.js'
import type { SqlConnection } from '../sqlite/sql-connection.js'
import { readCursorSecrets } from './cursor-secrets.js'

/** A database whose schema does not fit this version of the package; nothing in it was changed. */
export class DatabaseSchemaError extends Error {
  /** Schema version of the database; 0 for one without tables of ours. */
  readonly found: number
  /** Schema version that this package works with. */
  readonly expected: number

  constructor(found: number, expected: number, message: string) {
    super(message)
    this.found = found
    this.expected = expected
  }

  override get name(): string {
    return 'DatabaseSchemaError'
  }
}

/**
 * Brings the schema of a database up to date. Each step is a transaction of its own: killed half-way, the next run goes
 * on behind the last complete step, and two processes may migrate at once.
 *
 * @param database Open database that nobody else uses yet.
 * @returns The schema version reached.
 * @throws {DatabaseSchemaError} When a newer version of this package has migrated the database.
 */
export async function migrate(database: SqliteDatabase): Promise<number> {
  return migrateNow(database)
}

/**
 * What {@link migrate} does, for those who cannot wait.
 *
 * @param database Open database that nobody else uses yet.
 * @returns The schema version reached.
 */
export function migrateNow(database: SqliteDatabase): number {
  return explainStart(database.file, () => takeSteps(database))
}

function takeSteps(database: SqliteDatabase): number {
  const found = readSchemaVersion(database.reader)
  if (found > schemaVersion) {
    throw new DatabaseSchemaError(
      found,
      schemaVersion,
      `${database.file} has schema version ${found}, and this version of @scimkit/store-sql knows ${schemaVersion}; use a newer one`,
    )
  }
  if (found === schemaVersion) return found
  const { writer } = database
  writer.execute(`PRAGMA busy_timeout = ${Math.ceil(database.busyTimeout)}`)
  for (const migration of migrations.slice(found)) takeStep(writer, migration)
  atomically(writer, () => readCursorSecrets(writer)) // made now, since whoever reads a list may not write
  writer.execute('PRAGMA busy_timeout = 20')
  return schemaVersion
}

/**
 * Checks that a database is migrated.
 *
 * @param database Open database.
 * @throws {DatabaseSchemaError} When its schema is older or newer than this package.
 */
export function checkSchemaVersion(database: SqliteDatabase): void {
  const found = explainStart(database.file, () => readSchemaVersion(database.reader))
  if (found === schemaVersion) return
  throw new DatabaseSchemaError(
    found,
    schemaVersion,
    `${database.file} has schema version ${found}, not ${schemaVersion}; call migrate(database) first`,
  )
}

function takeStep(writer: SqlConnection, migration: Migration): void {
  atomically(writer, () => {
    // Another process may have taken the step while this one waited for the lock.
    if (readSchemaVersion(writer) >= migration.version) return
    writer.execute(migration.statements)
    writer.execute(`PRAGMA user_version = ${migration.version}`)
  })
}

function atomically(writer: SqlConnection, work: () => unknown): void {
  writer.execute('BEGIN IMMEDIATE')
  try {
    work()
    writer.execute('COMMIT')
  } catch (error) {
    try {
      writer.execute('ROLLBACK')
    } catch {
      // A full disk has rolled back already; the first error is the one to tell.
    }
    throw error
  }
}

function readSchemaVersion(connection: SqlConnection): number {
  return connection.statement<{ user_version: number }>('PRAGMA user_version').get()?.user_version ?? 0
}
