import { chmodSync } from 'node:fs'
import { dirname } from 'node:path'
import { groupResource, userResource } from '@scimkit/core'
import { createScimHandler, mount } from '@scimkit/server-kit'
import { createSqlStore, openSqlite } from '../src/index.js'

// Reads paths from the file of the first argument as a user without rights, and prints the statuses, with that of a POST
// behind them.
const [file = '', ...paths] = process.argv.slice(2)
if (process.geteuid?.() === 0) {
  chmodSync(dirname(dirname(file)), 0o755)
  process.seteuid?.(65_534)
}
const store = createSqlStore({ database: openSqlite(file) })
const scim = createScimHandler({
  basePath: '/scim/v2',
  resources: [mount(userResource, store), mount(groupResource, store)],
  authenticate: () => ({ subject: 'test' }),
})
const statuses: number[] = []
for (const path of paths) statuses.push((await scim.fetch(new Request(`http://localhost/scim/v2${path}`))).status)
const body = JSON.stringify({ schemas: [userResource.schema.id], userName: 'bob' })
const headers = { 'content-type': 'application/scim+json' }
const request = new Request('http://localhost/scim/v2/Users', { method: 'POST', headers, body })
statuses.push((await scim.fetch(request)).status)
process.stdout.write(JSON.stringify(statuses))
