import { createSqlStore, openSqlite } from '../src/index.js'
import { newUser, users } from './store-data.js'

// Creates users until the store refuses one, and prints how many were made, the status, and how many are found.
const store = createSqlStore({ database: openSqlite(process.argv[2] ?? '') })
let made = 0
let status: unknown
for (; status === undefined && made < 3000; made += status === undefined ? 1 : 0) {
  await store.create(users, newUser(`u${made}`, { title: 'x'.repeat(2000) })).catch((error) => {
    status = error.status
  })
}
const { resources } = await store.query(users, { page: { startIndex: 1, count: 3000 } })
process.stdout.write(JSON.stringify({ made, status, found: resources.length }))
