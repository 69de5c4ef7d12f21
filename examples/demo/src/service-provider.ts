// The service provider of the demo, a process of its own:
// `service-provider.ts DATABASE_FILE`, credentials as JSON in SCIM_CREDENTIALS. Ends on SIGTERM.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { enterpriseUser, groupResource, userResource } from '@scimkit/core'
import { acmeUser } from '@scimkit/example-enterprise-extension'
import { type BearerCredential, bearerToken, createScimHandler, mount } from '@scimkit/server-kit'
import { toNodeListener } from '@scimkit/server-kit/node'
import { createSqlStore, openSqlite } from '@scimkit/store-sql'

const file = process.argv[2]
if (file === undefined) throw new TypeError('service-provider.ts DATABASE_FILE')
const credentials = JSON.parse(process.env.SCIM_CREDENTIALS ?? '[]') as BearerCredential[] // written by startProvider

const database = openSqlite(file)
const store = createSqlStore({ database })
const scim = createScimHandler({
  basePath: '/scim/v2',
  resources: [mount(userResource.extend(enterpriseUser).extend(acmeUser), store), mount(groupResource, store)],
  authenticate: bearerToken(credentials),
  cursorSecrets: await store.cursorSecrets(),
})

const server = createServer(toNodeListener(scim))
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo // listens on a port, never on a pipe
  console.log(`listening on http://127.0.0.1:${port}/scim/v2 (${database.driver})`)
})
process.on('SIGTERM', () => {
  server.close(() => {
    database.close()
    process.exit(0)
  })
  server.closeIdleConnections()
})
