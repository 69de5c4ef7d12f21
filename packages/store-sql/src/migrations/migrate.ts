import { applyMigrations, readSchemaVersion } from '../sqlite/apply-migrations.js'
import { explainStart } from '../sqlite/explain-start.js'
import { schemaVersion } from '../sqlite/migrations.js'
import type { SqliteDatabase } from '../sqlite/open-sqlite.js'
import { requireCursorSecret } from './cursor-secrets.js'

/** The schema of a database does not fit this version of the package; nothing in the database was changed. */
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
 * Brings the schema of a database up to date. Each step is a transaction of its own: after a run that was killed, the
 * next one continues behind the last complete step, and two processes may migrate at once.
 *
 * @param database Open database that no store uses yet.
 * @returns The schema version reached.
 * @throws {DatabaseSchemaError} When a newer version of this package has migrated the database.
 */
export async function migrate(database: SqliteDatabase): Promise<number> {
  return migrateNow(database)
}

/**
 * Does what {@link migrate} does, synchronously.
 *
 * @param database Open database that no store uses yet.
 * @returns The schema version reached.
 * @throws {DatabaseSchemaError} As {@link migrate}.
 */
export function migrateNow(database: SqliteDatabase): number {
  return explainStart(database.file, () => {
    const found = readSchemaVersion(database.reader)
    if (found > schemaVersion) {
      throw schemaError(
        database,
        found,
        `but this version of @scimkit/store-sql knows versions up to ${schemaVersion}; use a newer one`,
      )
    }
    // The secret is written now, because a request that lists resources must not have to write.
    if (found < schemaVersion) applyMigrations(database, found, requireCursorSecret)
    return schemaVersion
  })
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
  throw schemaError(database, found, `not ${schemaVersion}; call migrate(database) first`)
}

function schemaError({ file }: SqliteDatabase, found: number, rest: string): DatabaseSchemaError {
  return new DatabaseSchemaError(found, schemaVersion, `${file} has schema version ${found}, ${rest}`)
}
