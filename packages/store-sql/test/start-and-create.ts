import { setTimeout as delay } from 'node:timers/promises'
import { userResource } from '@scimkit/core/schema'
import { createSqlStore, openSqlite } from '../src/index.js'
import { newUser, users } from './store-data.js'

// Starts on the file of the first argument at the time of the third, as other processes do, and creates the user of the
// second.
const [file = '', id = '', at = '0'] = process.argv.slice(2)
await delay(Math.max(0, Number(at) - Date.now()))
const store = createSqlStore({ database: openSqlite(file) })
store.serve(userResource)
await store.create(users, newUser(id))
process.stdout.write((await store.cursorSecrets()).join())
