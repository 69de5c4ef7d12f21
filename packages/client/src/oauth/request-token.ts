import * as oauth from 'oauth4webapi'
import { type ClientCredentialsOptions, isLoopback } from './options.js'
import { readToken } from './read-token.js'
import { missingToken, toTokenError } from './token-error.js'

/** A token and the time of `performance.now()` from which it is better to get another. */
export interface IssuedToken {
  readonly token: string
  readonly staleAt: number
}

/**
 * Finds the token endpoint: the one that was given, or that of the issuer's metadata.
 *
 * @param options Options of the client.
 * @returns The authorization server.
 * @throws {TokenError} When the metadata cannot be read.
 * @see https://www.rfc-editor.org/rfc/rfc8414#section-3
 */
export async function findServer(options: ClientCredentialsOptions): Promise<oauth.AuthorizationServer> {
  const { issuer, tokenEndpoint } = options
  if (issuer === undefined) return { issuer: new URL(tokenEndpoint ?? '').origin, token_endpoint: tokenEndpoint ?? '' }
  const url = new URL(issuer)
  try {
    const standard = await oauth.discoveryRequest(url, { ...httpOptions(options, url), algorithm: 'oauth2' })
    if (standard.status !== 404) return await oauth.processDiscoveryResponse(url, standard)
    await standard.body?.cancel()
    const openId = await oauth.discoveryRequest(url, { ...httpOptions(options, url), algorithm: 'oidc' })
    return await oauth.processDiscoveryResponse(url, openId)
  } catch (cause) {
    throw toTokenError(
      cause,
      options,
      (fault) => `the metadata of the issuer ${url.origin} could not be read (${fault})`,
    )
  }
}

/**
 * Requests a token.
 *
 * @param server The authorization server.
 * @param options Options of the client.
 * @returns The token.
 * @throws {TokenError} When the response has no token, or none came.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.4.2
 */
export async function requestToken(
  server: oauth.AuthorizationServer,
  options: ClientCredentialsOptions,
): Promise<IssuedToken> {
  const client: oauth.Client = { client_id: options.clientId }
  const form = new URLSearchParams()
  if (options.scope) form.set('scope', options.scope)
  if (options.audience) form.set('audience', options.audience)
  const endpoint = new URL(server.token_endpoint ?? server.issuer)
  try {
    const authentication = clientAuthentication(options)
    const http = httpOptions(options, endpoint)
    const response = await oauth.clientCredentialsGrantRequest(server, client, authentication, form, http)
    const copy = response.clone()
    const read = readToken(await response.text())
    // The library throws for a status without success, by its challenge; bodies are read more generously here.
    if (!response.ok && !('error' in read)) await oauth.processClientCredentialsResponse(server, client, copy)
    if ('fault' in read) throw missingToken(endpoint.host, read)
    return { token: read.token, staleAt: staleAt(read.expiresIn) }
  } catch (cause) {
    throw toTokenError(cause, options, (fault) => `${endpoint.host} ${fault}`)
  }
}

function clientAuthentication({ clientSecret, privateKey, secretIn }: ClientCredentialsOptions): oauth.ClientAuth {
  if (privateKey !== undefined) return oauth.PrivateKeyJwt(privateKey)
  if (clientSecret === undefined) return oauth.TlsClientAuth()
  return secretIn === 'post' ? oauth.ClientSecretPost(clientSecret) : oauth.ClientSecretBasic(clientSecret)
}

function httpOptions({ fetch, timeout = 30_000 }: ClientCredentialsOptions, url: URL) {
  return {
    signal: () => AbortSignal.timeout(timeout),
    [oauth.allowInsecureRequests]: isLoopback(url),
    ...(fetch && { [oauth.customFetch]: (input: string, init: object) => fetch(input, init) }),
  }
}

/** Milliseconds before its end from which a token is renewed. */
const leeway = 30_000

/** A token of short life is used for most of it; one without a stated life until the server refuses it. */
function staleAt(expiresIn: number | undefined): number {
  if (expiresIn === undefined) return Infinity
  const life = expiresIn * 1_000
  return performance.now() + Math.max(life - leeway, life / 2)
}
