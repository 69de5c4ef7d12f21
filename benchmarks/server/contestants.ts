import { enterpriseUser, groupResource, urns, userResource } from '@scimkit/core'
import { bearerToken, createScimHandler, memoryStore, mount, type ScimHandler } from '@scimkit/server-kit'

/** Secret of the benchmark's only caller. */
export const token = 'benchmark-token-0123456789'

/** A handler as an application has it: two types on one memory store, a bearer token, nothing switched off. */
export function createContestant(): ScimHandler {
  const store = memoryStore()
  return createScimHandler({
    basePath: '/scim/v2',
    resources: [mount(userResource.extend(enterpriseUser), store), mount(groupResource, store)],
    authenticate: bearerToken(token),
  })
}

/** A small user, as the figures of docs/evidence.md have it. */
export function smallUser(userName: string): object {
  return {
    schemas: [urns.user],
    userName,
    name: { givenName: 'Barbara', familyName: 'Jensen' },
    displayName: 'Babs Jensen',
    active: true,
    emails: [{ value: 'bjensen@example.com', type: 'work', primary: true }],
  }
}

/** Sends a request to the handler and gives the parsed answer. */
export async function call(
  handler: ScimHandler,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ id: string }> {
  const response = await handler.fetch(
    new Request(`http://localhost/scim/v2${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  )
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status} ${text}`)
  return text === '' ? { id: '' } : JSON.parse(text)
}
