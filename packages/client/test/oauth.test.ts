import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import { Provider } from 'oidc-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ClientCredentialsOptions, clientCredentials, TokenError } from '../src/oauth.js'

/** A real authorization server on loopback, and how often its endpoints were asked. */
interface AuthorizationServer {
  readonly issuer: string
  readonly asked: { token: number; metadata: number }
  readonly close: () => Promise<void>
}

const secret = 'a-secret-of-at-least-32-characters'
let keys: CryptoKeyPair
let server: AuthorizationServer

beforeAll(async () => {
  keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  server = await startServer(await crypto.subtle.exportKey('jwk', keys.publicKey), 3_600)
})

afterAll(() => server.close())

async function startServer(publicKey: object, life: number): Promise<AuthorizationServer> {
  const http: Server = createServer()
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}` // a TCP server has an AddressInfo
  const common = {
    id_token_signed_response_alg: 'ES256' as const,
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
  }
  const provider = new Provider(issuer, {
    clients: [
      { ...common, client_id: 'by-basic', client_secret: secret },
      { ...common, client_id: 'by-post', client_secret: secret, token_endpoint_auth_method: 'client_secret_post' },
      {
        ...common,
        client_id: 'by-key',
        token_endpoint_auth_method: 'private_key_jwt',
        jwks: { keys: [{ ...publicKey, kid: 'k1' }] },
      },
    ],
    features: { clientCredentials: { enabled: true }, devInteractions: { enabled: false } },
    scopes: ['scim'],
    ttl: { ClientCredentials: life },
    jwks: { keys: [await crypto.subtle.exportKey('jwk', keys.privateKey)] },
  })
  const asked = { token: 0, metadata: 0 }
  const handle = provider.callback()
  http.on('request', (request, response) => {
    const path = request.url ?? ''
    if (path === '/token') asked.token++
    if (path.startsWith('/.well-known/')) asked.metadata++
    void handle(request, response)
  })
  const close = () => {
    http.closeAllConnections()
    return new Promise<void>((resolve) => http.close(() => resolve()))
  }
  return { issuer, asked, close }
}

describe('clientCredentials with a real authorization server', () => {
  const ways: readonly { name: string; options: () => ClientCredentialsOptions }[] = [
    {
      name: 'a secret in the header',
      options: () => ({ issuer: server.issuer, clientId: 'by-basic', clientSecret: secret }),
    },
    {
      name: 'a secret in the form',
      options: () => ({ issuer: server.issuer, clientId: 'by-post', clientSecret: secret, secretIn: 'post' }),
    },
    {
      name: 'a private key',
      options: () => ({ issuer: server.issuer, clientId: 'by-key', privateKey: { key: keys.privateKey, kid: 'k1' } }),
    },
    {
      name: 'a scope, at a token endpoint named by hand',
      options: () => ({
        tokenEndpoint: `${server.issuer}/token`,
        clientId: 'by-basic',
        clientSecret: secret,
        scope: 'scim',
      }),
    },
  ]
  it.each(ways)('gets a token by $name', async ({ options }) => {
    expect(await clientCredentials(options())()).toMatch(/^Bearer \S{20,}$/)
  })

  it('keeps a token, and shares one request among all who wait', async () => {
    const authenticate = clientCredentials({ issuer: server.issuer, clientId: 'by-basic', clientSecret: secret })
    const before = { ...server.asked }
    const headers = await Promise.all(Array.from({ length: 50 }, () => authenticate()))
    headers.push(await authenticate())
    expect(new Set(headers).size).toBe(1)
    expect(server.asked.token - before.token).toBe(1)
    expect(server.asked.metadata - before.metadata).toBe(1)
  })

  it('gets one new token when a server refuses the old one, however many requests saw that', async () => {
    const authenticate = clientCredentials({ issuer: server.issuer, clientId: 'by-basic', clientSecret: secret })
    const old = await authenticate()
    const before = server.asked.token
    const renewed = await Promise.all(Array.from({ length: 20 }, () => authenticate(old)))
    expect(new Set(renewed).size).toBe(1)
    expect(renewed[0]).not.toBe(old)
    expect(server.asked.token - before).toBe(1)
    expect(await authenticate(old)).toBe(renewed[0])
  })

  it('gets a new token before the old one expires', async () => {
    const brief = await startServer(await crypto.subtle.exportKey('jwk', keys.publicKey), 1)
    const authenticate = clientCredentials({ issuer: brief.issuer, clientId: 'by-basic', clientSecret: secret })
    const first = await authenticate()
    await new Promise((resolve) => setTimeout(resolve, 600))
    expect(await authenticate()).not.toBe(first)
    await brief.close()
  })

  it('names the refusal and keeps the secret to itself', async () => {
    const authenticate = clientCredentials({
      issuer: server.issuer,
      clientId: 'by-basic',
      clientSecret: 'wrong-secret',
    })
    const error = await Promise.resolve(authenticate()).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(TokenError)
    expect(error).toMatchObject({ error: 'invalid_client', message: expect.stringContaining('invalid_client') })
    expect(`${(error as TokenError).message}${JSON.stringify(error)}`).not.toContain('wrong-secret')
  })

  it('requests a token again after a failure', async () => {
    let down = true
    const authenticate = clientCredentials({
      issuer: server.issuer,
      clientId: 'by-basic',
      clientSecret: secret,
      fetch: (input, init) => (down ? Promise.reject(new TypeError('down')) : fetch(input, init)),
    })
    await expect(authenticate()).rejects.toThrow(/metadata of the issuer/)
    down = false
    expect(await authenticate()).toMatch(/^Bearer /)
  })
})

describe('clientCredentials with the responses of token endpoints', () => {
  const secret = 'a+secret/of=the client'
  const ask = (answer: () => Response | Promise<Response>) => {
    const endpoint = 'https://login.test/token'
    const fetch = async () => answer()
    return clientCredentials({ tokenEndpoint: endpoint, clientId: 'c', clientSecret: secret, fetch })
  }
  const json = (body: unknown, status = 200, type = 'application/json') =>
    new Response(JSON.stringify(body), { status, headers: { 'content-type': type } })
  const access_token = 'a.token-of.theirs'

  const plain: Record<string, () => Response> = {
    'token_type: bearertoken': () => json({ access_token, token_type: 'bearertoken' }),
    'token_type: BearerToken': () => json({ access_token, token_type: 'BearerToken' }),
    'token_type: bearer_token': () => json({ access_token, token_type: 'bearer_token' }),
    'token_type: BEARER': () => json({ access_token, token_type: 'BEARER' }),
    'no token_type': () => json({ access_token }),
    'token_type: null': () => json({ access_token, token_type: null }),
    'an empty token_type': () => json({ access_token, token_type: '' }),
    'null members': () =>
      json({ access_token, token_type: 'Bearer', expires_in: null, refresh_token: null, scope: null, id_token: null }),
    'a scope that is a list': () => json({ access_token, token_type: 'Bearer', scope: ['scim'] }),
    'expires_in as text': () => json({ access_token, token_type: 'Bearer', expires_in: '3600' }),
    'error: null': () => json({ access_token, error: null }),
    '201': () => json({ access_token, token_type: 'Bearer' }, 201),
    'another media type': () => json({ access_token, token_type: 'Bearer' }, 200, 'text/plain'),
  }
  it.each(Object.entries(plain))('takes the token in an answer with %s', async (_, answer) => {
    expect(await ask(answer)()).toBe(`Bearer ${access_token}`)
  })

  it('keeps a token whose life is text for as long, and one of no life until it is refused', async () => {
    for (const [expires_in, requests] of [
      ['3600', 1],
      [0, 1],
      [null, 1],
      ['0.001', 2],
    ] as const) {
      let asked = 0
      const authenticate = ask(() => {
        asked++
        return json({ access_token, expires_in })
      })
      await authenticate()
      await new Promise((resolve) => setTimeout(resolve, 20))
      await authenticate()
      expect([expires_in, asked]).toEqual([expires_in, requests])
    }
  })

  const none: Record<string, { answer: () => Response | Promise<Response>; want: RegExp; error?: string }> = {
    'another type of token': { answer: () => json({ access_token, token_type: 'DPoP' }), want: /of the type DPoP/ },
    'the token as its type': {
      answer: () => json({ access_token, token_type: access_token }),
      want: /of the type string/,
    },
    'no token': { answer: () => json({ token_type: 'Bearer' }), want: /without an access_token/ },
    'access_token: null': { answer: () => json({ access_token: null }), want: /without an access_token/ },
    HTML: { answer: () => new Response('<p>Hello'), want: /not a JSON object/ },
    'a list': { answer: () => json([]), want: /not a JSON object/ },
    'an error with 200': {
      answer: () => json({ error: 'invalid_scope' }),
      want: /\(invalid_scope\)/,
      error: 'invalid_scope',
    },
    'an error with 400': {
      answer: () => json({ error: 'invalid_grant', error_description: `bad ${secret}` }, 400),
      want: /\(invalid_grant\)/,
      error: 'invalid_grant',
    },
    'an error of another media type': {
      answer: () => json({ error: 'invalid_client' }, 401, 'text/plain'),
      want: /\(invalid_client\)/,
      error: 'invalid_client',
    },
    'a challenge': {
      answer: () => new Response('', { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } }),
      want: /\(invalid_client\)/,
      error: 'invalid_client',
    },
    'an error that is not a word': { answer: () => json({ error: `bad ${secret}` }, 400), want: /refused it$/ },
    '500': { answer: () => new Response(`no ${secret}`, { status: 500 }), want: /responded with status 500/ },
    'no answer': { answer: () => Promise.reject(new TypeError('fetch failed')), want: /could not be reached/ },
  }
  it.each(Object.entries(none))(
    'says first that no token could be obtained after %s',
    async (_, { answer, want, error }) => {
      const failure = (await Promise.resolve(ask(answer)()).catch((reason: unknown) => reason)) as TokenError // looked at next
      expect(failure).toBeInstanceOf(TokenError)
      expect(failure.message).toMatch(/^No token could be obtained: login\.test /)
      expect(failure.message).toMatch(want)
      if (error) expect(failure.error).toBe(error)
      const shown = inspect(failure, { depth: 9, showHidden: true })
      for (const hidden of [secret, encodeURIComponent(secret), access_token, btoa(`c:${secret}`)])
        expect(shown).not.toContain(hidden)
    },
  )
})

describe('clientCredentials refuses at once', () => {
  const issuer = 'https://login.example.com'
  it.each([
    ['no server', { clientId: 'a', clientSecret: 'b' }, /either issuer or tokenEndpoint/],
    ['two servers', { issuer, tokenEndpoint: issuer, clientId: 'a' }, /either issuer or tokenEndpoint/],
    ['plain http', { issuer: 'http://login.example.com', clientId: 'a', clientSecret: 'b' }, /must be https/],
    ['text that is not a URL', { issuer: 'login', clientId: 'a', clientSecret: 'b' }, /is not a URL/],
    ['an unset secret', { issuer, clientId: 'a', clientSecret: '' }, /is its variable set/],
    ['an empty client id', { issuer, clientId: '', clientSecret: 'b' }, /clientId/],
  ])('%s', (_, options, want) => {
    expect(() => clientCredentials(options)).toThrow(want)
    expect(() => clientCredentials(options)).toThrow(TypeError)
  })
})
