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
