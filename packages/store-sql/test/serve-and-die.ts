import { groupResource, userResource } from '@scimkit/core'
import { createScimHandler, mount } from '@scimkit/server-kit'
import { createSqlStore, openSqlite } from '../src/index.js'

// Creates a user in the file of the first argument, and is killed between the commit and the end of the after-hook.
const [file = ''] = process.argv.slice(2)
const store = createSqlStore({ database: openSqlite(file) })
const scim = createScimHandler({
  basePath: '/scim/v2',
  resources: [mount(userResource, store), mount(groupResource, store)],
  authenticate: () => ({ subject: 'test' }),
  limits: { hookTimeout: 500 }, // a lease is twice as long
  hooks: { after: { provision: () => void process.kill(process.pid, 'SIGKILL') } },
})
await scim.fetch(
  new Request('http://localhost/scim/v2/Users', {
    method: 'POST',
    headers: { 'content-type': 'application/scim+json' },
    body: JSON.stringify({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'ada' }),
  }),
)
