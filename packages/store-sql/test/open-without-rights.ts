import { createSqlStore, openSqlite, type SqliteDriver } from '../src/index.js'

// Opens the files of a folder as a user without rights, and prints what is said of each.
const [name, folder = ''] = process.argv.slice(2)
const driver = name as SqliteDriver // from `runOn`
if (process.geteuid?.() === 0) process.seteuid?.(65_534)
const locker = openSqlite(`${folder}/locked.db`, { driver })
locker.writer.execute('BEGIN IMMEDIATE')

const paths = ['damaged.db', 'cut.db', 'text.db', 'secret.db', 'empty.db', 'folder', 'locked.db']
const messages: Record<string, string> = {}
for (const path of [...paths, 'missing/scim.db', 'text.db/scim.db', 'closed/scim.db']) {
  try {
    const database = openSqlite(`${folder}/${path}`, { driver, busyTimeout: 10 })
    createSqlStore({ database })
    messages[path] = 'opened'
  } catch (error) {
    messages[path] = (error as Error).message.replaceAll(`${folder}/`, '') // what openSqlite throws
  }
}
process.stdout.write(JSON.stringify(messages))
