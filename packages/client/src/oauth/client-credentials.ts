import * as oauth from 'oauth4webapi'
import { type Authenticate, bearer } from '../transport/authenticate.js'
import { checkNumbers, refuseUnknown, refuseValue } from '../transport/check-options.js'
import { createRedaction } from '../transport/redact.js'
import { readToken } from './read-token.js'

/** How a client gets its tokens; exactly one of `issuer` and `tokenEndpoint` is given. */
export interface ClientCredentialsOptions {
  /** Issuer whose metadata (RFC 8414, else OpenID Connect discovery) names the token endpoint. */
  readonly issuer?: string | undefined
  readonly tokenEndpoint?: string | undefined
  readonly clientId: string
  /** Secret of the client. Without secret and key the client authenticates by the TLS certificate of its `fetch`. */
  readonly clientSecret?: string | undefined
  /** Key for `private_key_jwt`; with `kid` when the server knows several keys. */
  readonly privateKey?: CryptoKey | { readonly key: CryptoKey; readonly kid: string } | undefined
  /** Where the secret goes: in the Authorization header (`basic`, the default) or the form (`post`). */
  readonly secretIn?: 'basic' | 'post' | undefined
  /** Scopes, separated by spaces. */
  readonly scope?: string | undefined
  /** Name of the service that the token is for, as some servers want it. */
  readonly audience?: string | undefined
  /** Milliseconds for each request to the authorization server, 30,000 by default. */
  readonly timeout?: number | undefined
  /** Another `fetch`, for a proxy, a certificate authority of one's own or a client certificate. */
  readonly fetch?: typeof globalThis.fetch | undefined
}

/** OAuth error codes, and those of the library. */
const word = /^[\w.-]{1,64}$/

/** No token could be had. The message says so first, then why; neither it nor its cause holds a secret or a token. */
export class TokenError extends Error {
  /** OAuth error code of the authorization server, such as `invalid_client`. */
  readonly error: string | undefined

  /**
   * @param message Sentence for people.
   * @param options OAuth error code and cause.
   */
  constructor(message: string, options: { readonly error?: string | undefined; readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    // A code is a word; a server that writes a sentence in its place may quote the secret.
    this.error = options.error !== undefined && word.test(options.error) ? options.error : undefined
  }

  override get name(): string {
    return 'TokenError'
  }
}

/** A token and the moment, on the clock of `performance.now()`, from which it is better to get another. */
interface IssuedToken {
  readonly token: string
  readonly staleAt: number
}

const leeway = 30_000
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/**
 * Authenticates with tokens of the client credentials grant. A token is kept until shortly before it expires, and all
 * requests that wait for one share one token request.
 *
 * @param options Server, client and its secret or key.
 * @returns The authentication for `createScimClient`; a request whose token cannot be had fails with a
 * `ScimTransportError` whose cause is a `TokenError`.
 * @throws {TypeError} When options contradict each other, or a plain `http:` URL is not on loopback.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.4
 */
export function clientCredentials(options: ClientCredentialsOptions): Authenticate {
  checkOptions(options)
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

const optionNames = [
  'issuer',
  'tokenEndpoint',
  'clientId',
  'clientSecret',
  'privateKey',
  'secretIn',
  'scope',
  'audience',
  'timeout',
  'fetch',
]

function checkOptions(options: ClientCredentialsOptions): void {
  refuseUnknown('clientCredentials', options, optionNames)
  const { issuer, tokenEndpoint, clientId, clientSecret, privateKey, secretIn, timeout } = options
  checkNumbers({ timeout }, 1)
  if (secretIn !== undefined && secretIn !== 'basic' && secretIn !== 'post') {
    refuseValue('secretIn', secretIn, 'basic, post')
  }
  const url = issuer ?? tokenEndpoint
  if (url === undefined || (issuer !== undefined && tokenEndpoint !== undefined)) {
    throw new TypeError('clientCredentials needs either issuer or tokenEndpoint')
  }
  if (!URL.canParse(url)) {
    const name = issuer === undefined ? 'tokenEndpoint' : 'issuer'
    throw new TypeError(
      `${name} is ${JSON.stringify(url)}, which is no URL; give one such as https://login.example.com`,
    )
  }
  const { protocol, hostname } = new URL(url)
  if (protocol !== 'https:' && !(protocol === 'http:' && loopback.test(hostname))) {
    throw new TypeError('clientCredentials sends a secret, so its URL must be https; http is for loopback alone')
  }
  if (typeof clientId !== 'string' || clientId === '') {
    throw new TypeError(
      `clientId of clientCredentials is ${clientId === '' ? 'empty' : typeof clientId}; is its variable set?`,
    )
  }
  if (clientSecret !== undefined && typeof clientSecret !== 'string') {
    throw new TypeError('clientSecret of clientCredentials is not text')
  }
  if (clientSecret === '') throw new TypeError('clientSecret of clientCredentials is empty; is its variable set?')
  if (clientSecret !== undefined && privateKey !== undefined) {
    throw new TypeError('clientCredentials takes clientSecret or privateKey, not both')
  }
}

async function findServer(options: ClientCredentialsOptions): Promise<oauth.AuthorizationServer> {
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
    const { error, why } = judge(cause, options)
    throw new TokenError(`${none}: the metadata of the issuer ${url.origin} could not be read (${why})`, {
      error,
      cause: withoutSecrets(cause, options),
    })
  }
}

async function requestToken(
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
    // The library throws for what is no success, by its challenge; body and success are read more generously here.
    if (!response.ok && !('error' in read)) await oauth.processClientCredentialsResponse(server, client, copy)
    if ('fault' in read) throw new TokenError(`${none}: ${endpoint.host} ${read.fault}${inBrackets(read.error)}`, read)
    return { token: read.token, staleAt: staleAt(read.expiresIn) }
  } catch (cause) {
    if (cause instanceof TokenError) throw cause
    const { error, why } = judge(cause, options)
    const message = `${none}: ${endpoint.host} ${why}`
    throw new TokenError(message, { error, cause: withoutSecrets(cause, options) })
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
    [oauth.allowInsecureRequests]: url.protocol === 'http:' && loopback.test(url.hostname),
    ...(fetch && { [oauth.customFetch]: (input: string, init: object) => fetch(input, init) }),
  }
}

/** A token of short life is used for most of it; one without a stated life until the server refuses it. */
function staleAt(expiresIn: number | undefined): number {
  if (expiresIn === undefined) return Infinity
  const life = expiresIn * 1_000
  return performance.now() + Math.max(life - leeway, life / 2)
}

const none = 'No token could be had'

/** What a failure says: the OAuth error code and its description, a status, or that nothing came. */
function judge(cause: unknown, options: ClientCredentialsOptions): { readonly error?: string; readonly why: string } {
  const error = errorCodeOf(cause)
  if (error !== undefined) return { error, why: `refused it${inBrackets(error)}` }
  const status = statusOf(cause)
  if (status !== undefined) return { why: `answered with status ${status}` }
  if (cause instanceof oauth.OperationProcessingError) return { why: `gave no usable answer${inBrackets(cause.code)}` }
  const timedOut = cause instanceof Error && cause.name === 'TimeoutError'
  if (timedOut) return { why: `did not answer within ${options.timeout ?? 30_000} ms` }
  return { why: 'could not be reached' }
}

function inBrackets(code: string | undefined): string {
  return code !== undefined && word.test(code) ? ` (${code})` : ''
}

function statusOf(cause: unknown): number | undefined {
  const { response, cause: inner } = (cause ?? {}) as { response?: unknown; cause?: unknown } // any thrown value
  const answer = [response, inner].find((value) => value instanceof Response)
  return answer instanceof Response && !answer.ok ? answer.status : undefined
}

/** The library's errors hold the answer, which may quote the secret; errors of `fetch` are kept as they are. */
function withoutSecrets(cause: unknown, { clientId, clientSecret }: ClientCredentialsOptions): unknown {
  if (!(cause instanceof Error)) return undefined
  const ofAnswer = errorCodeOf(cause) !== undefined || cause instanceof oauth.OperationProcessingError
  if (!ofAnswer) return cause
  const secrets = clientSecret === undefined ? [] : [clientSecret, `${clientId}:${clientSecret}`]
  const described = cause instanceof oauth.ResponseBodyError ? cause.error_description : undefined
  return new Error(createRedaction(() => secrets).text(described ?? cause.message))
}

/** The OAuth error code stands in the body, or in the challenge of a 401. */
function errorCodeOf(cause: unknown): string | undefined {
  if (cause instanceof oauth.ResponseBodyError) return cause.error
  if (!(cause instanceof oauth.WWWAuthenticateChallengeError)) return undefined
  return cause.cause.map(({ parameters }) => parameters.error).find((error) => error !== undefined) ?? 'invalid_client'
}
