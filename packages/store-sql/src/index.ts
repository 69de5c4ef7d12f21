/** Use this entry to keep SCIM resources in a SQL database, today SQLite. */

// The store.

export { createSqlStore, type SqlStore, type SqlStoreOptions } from './create-sql-store.js'
export { DatabaseSchemaError, migrate } from './migrations/migrate.js'

// Its database.

export { openSqlite, type SqliteDatabase, type SqliteDriver, type SqliteOptions } from './sqlite/open-sqlite.js'
