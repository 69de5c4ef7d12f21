export { createSqlStore, type SqlStore, type SqlStoreOptions } from './create-sql-store.js'
export { openSqlite, type SqliteDatabase, type SqliteDriver, type SqliteOptions } from './database/open-sqlite.js'
export { DatabaseSchemaError, migrate } from './migrations/migrate.js'
