import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { enterpriseUser, groupResource, userResource } from '@scimkit/core'
import { bearerToken, createScimHandler, memoryStore, mount, type ScimHandler } from '@scimkit/server-kit'

/** Token that the provider takes. */
export const token = 'token-of-at-least-sixteen-bytes'

/** User with the enterprise extension. */
export const enterpriseUsers = userResource.extend(enterpriseUser)

/** Makes a service provider in memory, reached without a network at the origin of `baseUrl`. */
export function createProvider(): { readonly handler: ScimHandler; readonly baseUrl: string } {
  const store = memoryStore()
  const handler = createScimHandler({
    basePath: '/scim/v2',
    resources: [mount(enterpriseUsers, store), mount(groupResource, store)],
    authenticate: bearerToken(token),
  })
  return { handler, baseUrl: 'http://127.0.0.1/scim/v2' }
}

/** Serves on a free port of the loopback interface. */
export async function serve(listener: RequestListener): Promise<{ server: Server; origin: string }> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` } // a TCP server has one
}
