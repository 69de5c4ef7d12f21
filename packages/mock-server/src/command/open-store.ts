import { existsSync } from 'node:fs'
import type { ResourceStore, TenantId } from '@scimkit/server-kit'
import { UsageError } from './flags.js'

/** A store on a file, and what belongs to it; the secrets of cursors come with the store. */
export interface OpenStore {
  readonly store: ResourceStore
  /** Whether nothing was ever written into it. */
  isEmpty(): Promise<boolean>
  close(): void
}

/**
 * Opens the store of `--database`.
 *
 * @param file Path of the SQLite file; made when there is none.
 * @throws {UsageError} When the package is not installed or the file cannot be opened.
 */
export async function openStore(file: string): Promise<OpenStore> {
  const { createSqlStore, openSqlite } = await loadStoreSql()
  try {
    const database = openSqlite(file)
    const store = createSqlStore({ database })
    const tenantId = 'default' as TenantId // the tenant of principals without one
    return {
      store,
      isEmpty: async () => (await store.changes(tenantId, 0, 1)).length === 0,
      close: () => database.close(),
    }
  } catch (error) {
    throw new UsageError(`--database: ${file}: ${(error as Error).message}`) // drivers throw errors
  }
}

/**
 * Copies the database of `--database` while others may use it.
 *
 * @param file Path of the database.
 * @param copy Path of the copy.
 * @throws {UsageError} When there is no such database, or the copy cannot be written.
 */
export async function copyStore(file: string, copy: string): Promise<void> {
  if (!existsSync(file)) throw new UsageError(`--database: ${file} does not exist`)
  const { createSqlStore, openSqlite } = await loadStoreSql()
  try {
    const database = openSqlite(file)
    try {
      await createSqlStore({ database, migrate: false }).backup(copy)
    } finally {
      database.close()
    }
  } catch (error) {
    throw new UsageError(`--backup: ${(error as Error).message}`) // drivers throw errors
  }
}

async function loadStoreSql(): Promise<typeof import('@scimkit/store-sql')> {
  try {
    return await import('@scimkit/store-sql')
  } catch (error) {
    const { code } = error as { code?: unknown } // Node's errors have one
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw error
    throw new UsageError('--database needs another package: npm install @scimkit/store-sql libsql')
  }
}
