import { enterpriseUser, groupResource, userResource } from '@scimkit/core'
import { bearerToken, createScimHandler, memoryStore, mount } from '@scimkit/server-kit'
import { toNodeListener } from '@scimkit/server-kit/node'
import { serveCounted } from '../server/counted-process.js'

/** Our service provider in a process of its own, over a store in memory. */
const store = memoryStore()
const handler = createScimHandler({
  basePath: '/scim/v2',
  resources: [mount(userResource.extend(enterpriseUser), store), mount(groupResource, store)],
  authenticate: bearerToken('token-of-at-least-sixteen-bytes'),
})
await serveCounted('', [toNodeListener(handler)])
