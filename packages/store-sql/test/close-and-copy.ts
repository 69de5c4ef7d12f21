import { copyFileSync, readdirSync, readlinkSync, statSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { groupResource, urns, userResource } from '@scimkit/core'
import { createScimHandler, mount } from '@scimkit/server-kit'
import { createSqlStore, openSqlite, type SqliteDriver } from '../src/index.js'
import { groups, users } from './store-data.js'

// Opens, uses and closes a database a few times, copies its file alone, and prints what the copy holds and how many
// descriptors of the folder are left. The statements of libsql end when they are collected.
const [name, folder = ''] = process.argv.slice(2)
const driver = name as SqliteDriver // from `runOn`
const file = `${folder}/scim.db`

for (const userName of ['ada', 'bob', 'carl']) {
  const database = openSqlite(file, { driver })
  const store = createSqlStore({ database })
  const scim = createScimHandler({
    basePath: '/scim/v2',
    resources: [mount(userResource, store), mount(groupResource, store)],
    authenticate: () => ({ subject: 'test' }),
  })
  const send = async (path: string, body?: object) => {
    const headers = { 'content-type': 'application/scim+json' }
    const init = body ? { method: 'POST', headers, body: JSON.stringify(body) } : {}
    return (await scim.fetch(new Request(`http://localhost/scim/v2${path}`, init))).json()
  }
  const { id } = await send('/Users', { schemas: [urns.user], userName })
  await send('/Groups', { schemas: [urns.group], displayName: userName, members: [{ value: id }] })
  await send('/Users?filter=userName%20sw%20%22a%22&sortBy=userName')
  await send(`/Users/${id}`)
  await send('/Groups?cursor&count=1')
  database.close()
}

const log = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0
copyFileSync(file, `${folder}/copy.db`)
for (let round = 0; round < 5; round++) {
  globalThis.gc?.()
  await delay(20)
}
const descriptors = readdirSync('/proc/self/fd').filter((number) => {
  try {
    return readlinkSync(`/proc/self/fd/${number}`).startsWith(folder)
  } catch {
    return false // the descriptor of the list itself
  }
}).length

const copy = openSqlite(`${folder}/copy.db`, { driver })
const store = createSqlStore({ database: copy })
store.serve(userResource)
store.serve(groupResource)
const page = { startIndex: 1, count: 10 }
const found = await store.query(users, { page })
const [group] = (await store.query(groups, { page })).resources
const members = await store.members.count(groups, group?.id ?? '')
process.stdout.write(JSON.stringify({ driver, log, users: found.totalResults, members, descriptors }))
