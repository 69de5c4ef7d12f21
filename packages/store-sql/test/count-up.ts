import { groupResource, userResource } from '@scimkit/core/schema'
import { createSqlStore, openSqlite } from '../src/index.js'
import { changed, groups, now, users } from './store-data.js'

// Counts a user's title up a number of times, and adds a member to a group each time; others do the same meanwhile.
const [file = '', name = '', times = '0'] = process.argv.slice(2)
const store = createSqlStore({ database: openSqlite(file) })
store.serve(userResource)
store.serve(groupResource)

async function countUp(): Promise<void> {
  await store.transaction(users, async (inside) => {
    const current = await inside.get(users, 'counter')
    if (!current) throw new Error('The counter is gone')
    await inside.replace(users, current, changed(current, { title: String(Number(current.title) + 1) }))
  })
}

for (let n = 0; n < Number(times); n++) {
  await Promise.all([countUp(), store.members.add(groups, 'g', [{ value: `${name}-${n}`, type: 'User' }], { now })])
}
