import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openSqlite } from '../src/index.js'
import { drivers, runOn } from './on-both-drivers.js'
import { newUser, users } from './store-data.js'
import { testFolder, testStore } from './test-store.js'

/** Makes one file for every way in which a start can fail. */
async function makeFiles(folder: string): Promise<void> {
  const database = openSqlite(`${folder}/good.db`)
  await testStore(database).create(users, newUser('a'))
  database.close()
  const bytes = readFileSync(`${folder}/good.db`)
  const damaged = Buffer.from(bytes)
  damaged.fill(0x41, 100, 4096)
  writeFileSync(`${folder}/damaged.db`, damaged)
  writeFileSync(`${folder}/cut.db`, bytes.subarray(0, 2000))
  writeFileSync(`${folder}/text.db`, 'This is a letter, not a database. '.repeat(100))
  writeFileSync(`${folder}/secret.db`, bytes)
  chmodSync(`${folder}/secret.db`, 0)
  writeFileSync(`${folder}/empty.db`, '')
  chmodSync(`${folder}/empty.db`, 0o444)
  mkdirSync(`${folder}/folder`)
  mkdirSync(`${folder}/closed`, { mode: 0o555 })
  chmodSync(folder, 0o777)
}

describe('a database that cannot be opened or migrated is explained in one sentence', () => {
  it.each(drivers)(
    'on %s, with the name of the file and the way out',
    async (driver) => {
      const folder = testFolder()
      await makeFiles(folder)
      const messages = runOn(driver, 'open-without-rights.ts', folder) as Record<string, string> | undefined // what it prints
      if (!messages) return
      const wanted = {
        'damaged.db': 'damaged.db is not a SQLite database, or it is damaged; choose another file or restore a backup',
        'cut.db': 'cut.db is not a SQLite database, or it is damaged; choose another file or restore a backup',
        'text.db': 'text.db is not a SQLite database, or it is damaged; choose another file or restore a backup',
        'secret.db': 'secret.db cannot be read; give this process read and write permission for it',
        'empty.db': 'empty.db cannot be written; give this process write permission for the file and its folder',
        folder: 'folder is a folder; give the path of a file inside it',
        'missing/scim.db': 'The folder missing does not exist; create it before you open the database',
        'text.db/scim.db': 'The folder text.db does not exist; create it before you open the database',
        'closed/scim.db': 'closed/scim.db cannot be created; give this process write permission for closed',
        'locked.db': 'locked.db is locked by another process; wait until its transaction has ended, or stop it',
      }
      expect(messages).toEqual(wanted)
    },
    120_000,
  )
})
