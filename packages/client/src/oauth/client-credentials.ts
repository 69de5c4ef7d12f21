import type * as oauth from 'oauth4webapi'
import { type Authenticate, bearer } from '../transport/authenticate.js'
import { type ClientCredentialsOptions, checkCredentialsOptions } from './options.js'
import { findServer, type IssuedToken, requestToken } from './request-token.js'

/**
 * Authenticates with tokens of the client credentials grant. A token is kept until shortly before it expires, and all
 * requests that wait for one share one token request.
 *
 * @param options Server, client and its secret or key.
 * @returns The authentication for `createScimClient`; a request whose token cannot be obtained fails with a
 * `ScimTransportError` whose cause is a `TokenError`.
 * @throws {TypeError} When options contradict each other, or a plain `http:` URL is not on loopback.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.4
 */
export function clientCredentials(options: ClientCredentialsOptions): Authenticate {
  checkCredentialsOptions(options)
  let server: Promise<oauth.AuthorizationServer> | undefined
  let issued: IssuedToken | undefined
  const renew = bearer(async () => {
    server ??= findServer(options)
    const found = await server.catch((error: unknown) => {
      server = undefined
      throw error
    })
    issued = await requestToken(found, options)
    return issued.token
  })
  return (rejected) => {
    const stale = issued !== undefined && performance.now() >= issued.staleAt
    return renew(rejected ?? (stale ? `Bearer ${issued?.token}` : undefined))
  }
}
