export { createSqlStore, type SqlStore, type SqlStoreOptions } from './create-sql-store.js'
export { DatabaseSchemaError, migrate } from './migrations/migrate.js'
export { openSqlite, type SqliteDatabase, type SqliteDriver, type SqliteOptions } from './sqlite/open-sqlite.js'
