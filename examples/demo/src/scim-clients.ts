import { bearer, createScimClient } from '@scimkit/client'
import { groupResource } from '@scimkit/core/schema'
import { userResource } from '@scimkit/example-enterprise-extension'

/**
 * Creates a typed client of the demo's provider: users with the enterprise and Acme's own extension, and groups.
 *
 * @param baseUrl URL of the service root.
 * @param token Bearer token.
 * @param options `retries` after a failed try; 4 when absent.
 * @returns The client.
 */
export function createClient(baseUrl: string, token: string, options: { retries?: number } = {}) {
  return createScimClient({
    baseUrl,
    authenticate: bearer(token),
    resources: { users: userResource, groups: groupResource },
    ...options,
  })
}

/** The typed client of the demo's provider. */
export type DemoClient = ReturnType<typeof createClient>
