import { checkNumbers, refuseUnknown, refuseValue } from '../transport/check-options.js'

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

/**
 * Checks the options of a client, so that a wrong one is found when the authentication is created.
 *
 * @param options Options as they were given.
 * @throws {TypeError} When one is wrong, when they contradict each other, or a plain `http:` URL is not on loopback.
 */
export function checkCredentialsOptions(options: ClientCredentialsOptions): void {
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
      `${name} is ${JSON.stringify(url)}, which is not a URL; give one such as https://login.example.com`,
    )
  }
  const parsed = new URL(url)
  if (parsed.protocol !== 'https:' && !isLoopback(parsed)) {
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
    throw new TypeError('clientCredentials accepts clientSecret or privateKey, not both')
  }
}

/**
 * Tells whether a request may go in the clear.
 *
 * @param url Address of the request.
 * @returns Whether it is plain `http:` to the machine itself.
 */
export function isLoopback({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname)
}
