import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StoreUnderTest } from '@scimkit/server-kit/testing'
import { afterAll } from 'vitest'
import { createSqlStore, openSqlite } from '../src/index.js'
import { migrateNow } from '../src/migrations/migrate.js'

/** Makes a store on a file of its own. */
export function fileStore(): StoreUnderTest {
  const folder = mkdtempSync(join(tmpdir(), 'store-sql-'))
  const file = join(folder, 'scim.db')
  copyFileSync(migratedFile(), file)
  const database = openSqlite(file, { durability: 'normal' })
  return {
    store: createSqlStore({ database }),
    close() {
      database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

let template: string | undefined

afterAll(() => {
  if (template !== undefined) rmSync(template, { recursive: true, force: true })
  template = undefined
})

/** Making the tables costs more than most tests, so they are made once and copied. */
function migratedFile(): string {
  if (template !== undefined) return join(template, 'scim.db')
  template = mkdtempSync(join(tmpdir(), 'store-sql-'))
  const database = openSqlite(join(template, 'scim.db'))
  migrateNow(database)
  database.close()
  return join(template, 'scim.db')
}
