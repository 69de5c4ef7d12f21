import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { groupResource, type ResourceDefinition, userResource } from '@scimkit/core/schema'
import { afterEach } from 'vitest'
import { createSqlStore, openSqlite, type SqliteDatabase, type SqliteOptions, type SqlStore } from '../src/index.js'
import { listIndexedAttributes } from '../src/indexes/indexed-attributes.js'
import { buildServedType, type ServedType } from '../src/indexes/served-type.js'
import { migrateNow } from '../src/migrations/migrate.js'
import type { SqlConnection } from '../src/sqlite/sql-connection.js'

const endings: (() => void)[] = []

afterEach(() => {
  for (const end of endings.splice(0)) end()
})

/** Makes a folder that is gone after the test. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'store-sql-'))
  endings.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Opens a database that is closed after the test. */
export function testDatabase(file: string = join(testFolder(), 'scim.db'), options?: SqliteOptions): SqliteDatabase {
  // Tests lose no power, and the disk is the slowest part of them.
  const database = openSqlite(file, { durability: 'normal', ...options })
  endings.unshift(() => database.close())
  return database
}

/** Makes a store that serves users and groups, on a file of its own unless another database is given. */
export function testStore(
  database: SqliteDatabase = testDatabase(),
  options: Partial<Parameters<typeof createSqlStore>[0]> = {},
): SqlStore {
  const store = createSqlStore({ database, ...options })
  store.serve(userResource)
  store.serve(groupResource)
  return store
}

/** Opens a migrated database in memory, for tests of statements. */
export function testConnection(): SqlConnection {
  const database = testDatabase(':memory:')
  migrateNow(database)
  return database.writer
}

/** Builds a served type whose indexed attributes are numbered from 1 on. */
export function testType(definition: ResourceDefinition = userResource, further?: readonly string[]): ServedType {
  const attributes = listIndexedAttributes(definition, further).map((one, at) => ({ ...one, number: at + 1 }))
  return buildServedType(definition, attributes, '1')
}
