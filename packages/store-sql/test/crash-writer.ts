import { writeSync } from 'node:fs'
import { groupResource, userResource } from '@scimkit/core/schema'
import { createSqlStore, openSqlite } from '../src/index.js'
import { changed, groups, newGroup, newUser, now, users } from './store-data.js'

// Writes to the file of the first argument until it is killed: eight writers, each with users of its own, and one
// group for all of them. Everything that the store has acknowledged is printed on standard output before the next write.
const [file = '', round = '0'] = process.argv.slice(2)
const store = createSqlStore({ database: openSqlite(file) })
store.serve(userResource)
store.serve(groupResource)

const acknowledge = (...parts: readonly string[]) => writeSync(1, `${parts.join(' ')}\n`)

async function write(writer: number): Promise<never> {
  for (let n = 0; ; n++) {
    const id = `u${round}-${writer}-${n}`
    const user = await store.create(users, newUser(id))
    acknowledge('user', id, user.meta.version)
    const titled = await store.replace(users, user, changed(user, { title: `title of ${id}` }))
    acknowledge('user', id, titled.meta.version)
    await store.transaction(groups, async (inside) => {
      await inside.replace(users, titled, changed(titled, { externalId: id }))
      await inside.members?.add(groups, 'g', [{ value: id, type: 'User' }], { now })
    })
    acknowledge('user', id, '3')
    acknowledge('member', id)
  }
}

if (!(await store.get(groups, 'g'))) await store.create(groups, newGroup('g'))
acknowledge('ready')
await Promise.all(Array.from({ length: 8 }, (_, writer) => write(writer)))
