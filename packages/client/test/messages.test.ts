import { userResource } from '@scimkit/core/schema'
import { describe, expect, test } from 'vitest'
import { basic, bearer, createScimClient, patch, ScimResponseError, ScimTransportError } from '../src/index.js'
import { clientCredentials } from '../src/oauth.js'
import { withTracing } from '../src/otel.js'
import { collect, failure, json, refused, reset, type Step, scimError, scriptedFetch, user } from './scripted-fetch.js'

const resources = { users: userResource }
const token = 'a-token-of-some-length'

function script(...steps: Step[]) {
  const fetch = scriptedFetch(...steps)
  const authenticate = bearer(token)
  return createScimClient({ baseUrl: 'https://scim.test/v2', resources, fetch, authenticate, retries: 0 })
}

const messageOf = async (call: Promise<unknown>) => ((await failure(call)) as Error).message // every failure is an Error

describe('the message of a refusal', () => {
  test('names method, path, status, what the server says, and the host', async () => {
    const said = () => json(404, { detail: 'There is no such user' })
    const scim = script(said)
    expect(await messageOf(scim.users.get('x'))).toBe('GET /Users/x: 404 There is no such user (scim.test)')
    expect(await messageOf(scim.users.delete('x'))).toBe('DELETE /Users/x: 404 There is no such user (scim.test)')
    expect(await messageOf(scim.me.get())).toBe('GET /Me: 404 There is no such user (scim.test)')
    expect(await messageOf(scim.request('GET', '/Schemas'))).toMatch(/^GET \/Schemas: 404 /)
    expect(await failure(scim.users.get('x'))).toMatchObject({ detail: 'There is no such user', status: 404 })
  })

  test('says so where the server does not say why', async () => {
    const scim = script(() => new Response('<p>', { status: 502, headers: { 'content-type': 'text/html' } }))
    expect(await messageOf(scim.users.get('x'))).toBe('GET /Users/x: 502 The server did not say why (scim.test)')
  })

  test('names no filter, no query and no address of a person', async () => {
    const scim = script(() => scimError(400, 'invalidFilter'))
    for (const call of [
      collect(scim.users.list({ filter: 'userName eq "ada@example.com"' })),
      scim.users.page({ filter: 'userName eq "ada@example.com"', attributes: ['userName'] }),
    ]) {
      expect(await messageOf(call)).toBe('GET /Users: 400 error 400 (scim.test)')
    }
    expect(await messageOf(scim.users.get('ada@example.com'))).toBe('GET /Users/…: 400 error 400 (scim.test)')
  })

  test('names the operation in a bulk request', async () => {
    const scim = script(
      json(200, {}),
      json(200, { Operations: [{ method: 'DELETE', status: '404', response: { detail: 'gone' } }] }),
    )
    const { failed } = await scim.bulk([{ method: 'DELETE', path: '/Users/1' }])
    expect(failed[0]?.error?.message).toBe('DELETE /Users/1 in a bulk request: 404 gone')
  })
})

describe('the message of a request without a usable response', () => {
  const html = () => new Response('<p>Log in</p>', { headers: { 'content-type': 'text/html' } })
  const table: readonly { name: string; step: () => Step; want: RegExp }[] = [
    { name: 'a reset', step: reset, want: /^GET \/Users\/x: .*ECONNRESET.* \(scim\.test\)$/ },
    { name: 'a refused connection', step: refused, want: /^GET \/Users\/x: .*ECONNREFUSED/ },
    { name: 'HTML', step: () => html, want: /^GET \/Users\/x: 200 The response is not JSON.* \(scim\.test\)$/ },
    {
      name: 'another resource',
      step: () => json(200, user('y')),
      want: /^GET \/Users\/x: 200 The response is a different/,
    },
    {
      name: 'JSON cut off',
      step: () => new Response('{"id":', { headers: { 'content-type': 'application/json' } }),
      want: /^GET \/Users\/x: 200 The response is cut off/,
    },
    {
      name: 'a redirection',
      step: () => new Response(null, { status: 302 }),
      want: /^GET \/Users\/x: 302 The response/,
    },
  ]
  test.each(table)('names method, path, status and host after $name', async ({ step, want }) => {
    const error = await failure(script(step()).users.get('x'))
    expect(error).toBeInstanceOf(ScimTransportError)
    expect(error).toMatchObject({ message: expect.stringMatching(want) })
  })

  test('names them where it is unknown whether a write was applied', async () => {
    const scim = script(reset(), () => scimError(403))
    expect(await messageOf(scim.users.create({ userName: 'ada' }))).toMatch(/^POST \/Users: .*\(scim\.test\)$/)
  })

  test('names them after a time-out and where the request was not sent', async () => {
    const hang = () => new Promise<Response>(() => {})
    const scim = createScimClient({ baseUrl: 'https://scim.test/v2', resources, fetch: hang, retries: 0, timeout: 20 })
    expect(await messageOf(scim.users.get('x'))).toMatch(
      /^GET \/Users\/x: No response came within 20 ms \(scim\.test\)$/,
    )
  })

  test.each(['a text with the secret', 7, undefined])('shows no code such as %j', async (code) => {
    const steps = Array.from({ length: 5 }, () => new TypeError('fetch failed', { cause: { code } }))
    const scim = createScimClient({
      baseUrl: 'https://scim.test/v2',
      resources,
      fetch: scriptedFetch(...steps),
      retries: 0,
    })
    expect(await messageOf(scim.users.get('x'))).toBe('GET /Users/x: No response came (scim.test)')
  })

  test('says first that no token could be obtained', async () => {
    const answers: Record<string, () => Response> = {
      invalid_client: () => json(401, { error: 'invalid_client' }),
      'without an access_token': () => json(200, { token_type: 'Bearer' }),
    }
    for (const [why, answer] of Object.entries(answers)) {
      const authenticate = clientCredentials({
        tokenEndpoint: 'https://login.test/token',
        clientId: 'c',
        clientSecret: 's'.repeat(20),
        fetch: async () => answer(),
      })
      const scim = createScimClient({
        baseUrl: 'https://scim.test/v2',
        resources,
        fetch: scriptedFetch(),
        authenticate,
      })
      const message = await messageOf(scim.users.get('x'))
      expect(message).toMatch(/^No token could be obtained/)
      for (const part of [why, 'login.test', 'GET /Users/x', 'scim.test']) expect(message).toContain(part)
    }
  })

  test('says first that there are no credentials, without what a function of the caller threw', async () => {
    const scim = createScimClient({
      baseUrl: 'https://scim.test/v2',
      resources,
      fetch: scriptedFetch(),
      authenticate: () => Promise.reject(new Error(`the vault refused ${token}`)),
    })
    const message = await messageOf(scim.users.get('x'))
    expect(message).toMatch(/^authenticate failed.*GET \/Users\/x.*scim\.test/)
    expect(message).not.toContain(token)
  })

  test('never holds what cannot stand in a header', async () => {
    for (const value of [`Bearer ${token}\n`, `Bearer ${token}ж`, 7, undefined]) {
      const authenticate = () => value as string // what a careless function may give
      const scim = createScimClient({ baseUrl: 'https://scim.test', resources, fetch: scriptedFetch(), authenticate })
      const error = (await failure(scim.users.get('x'))) as ScimTransportError // looked at next
      expect(error).toBeInstanceOf(ScimTransportError)
      expect(`${error.message}${String(error.cause)}`).not.toContain(token)
    }
  })
})

describe('a wrong option of createScimClient', () => {
  const base = { baseUrl: 'https://scim.test', resources }
  const table: readonly { given: object; want: RegExp }[] = [
    { given: { baseUrl: undefined }, want: /^baseUrl is undefined; give an absolute URL such as https:\/\// },
    { given: { baseUrl: '' }, want: /^baseUrl is ""; give an absolute URL/ },
    { given: { baseUrl: '/scim/v2' }, want: /^baseUrl is "\/scim\/v2"; give an absolute URL/ },
    { given: { baseUrl: 5 }, want: /^baseUrl is 5; give an absolute URL/ },
    { given: { baseUrl: {} }, want: /^baseUrl is an object; give an absolute URL/ },
    { given: { baseUrl: 'ftp://scim.test' }, want: /^baseUrl begins with ftp:/ },
    { given: { baseUrl: 'http://scim.test/v2' }, want: /http:\/\/scim\.test.*allowInsecure/ },
    { given: { baseUrl: 'https://scim.test?x=1' }, want: /query/ },
    { given: { timeout: 0 }, want: /^timeout is 0; give a number of at least 1$/ },
    { given: { timeout: '30' }, want: /^timeout is "30"; give a number/ },
    { given: { concurrency: Number.NaN }, want: /^concurrency is NaN; give a number/ },
    { given: { retries: -1 }, want: /^retries is -1; give a number of at least 0$/ },
    { given: { validate: 'on' }, want: /^validate is "on"; give off, warn, strict$/ },
    { given: { profile: 'awz' }, want: /^profile is "awz"; give aws, / },
    { given: { resources: undefined }, want: /^resources is undefined; give definitions by name/ },
    { given: { resources: { users: undefined } }, want: /^resources\.users is undefined; give a definition/ },
    { given: { fetch: 'yes' }, want: /^fetch is not a function/ },
    { given: { onRetry: 1 }, want: /^onRetry is not a function/ },
    {
      given: { baseURL: 'https://scim.test' },
      want: /^createScimClient has no option baseURL; did you mean baseUrl\?$/,
    },
    { given: { token: 'x' }, want: /^createScimClient has no option token; there are baseUrl, / },
  ]
  test.each(table)('$given shows the value and the way out', ({ given, want }) => {
    const create = () => createScimClient({ ...base, ...(given as typeof base) }) // wrong on purpose
    expect(create).toThrow(TypeError)
    expect(create).toThrow(want)
  })

  test('never shows a credential', () => {
    const wrong = [
      { authenticate: token },
      { baseUrl: `https://user:${token}@scim.test` },
      { baseUrl: `https://scim.test?token=${token}` },
      { baseUrl: `user:${token}@scim.test` },
      { baseUrl: token },
      { token },
      { fetch: token },
    ]
    for (const given of wrong) {
      const create = () => createScimClient({ ...base, ...given } as never) // wrong on purpose
      expect(create).toThrow(TypeError)
      expect(create).not.toThrow(new RegExp(token))
    }
    expect(() => createScimClient({ ...base, authenticate: token as never })).toThrow(/^authenticate.*bearer\(token\)/)
  })

  test('that is undefined is ignored', () => {
    expect(() => createScimClient({ ...base, ...({ nothing: undefined } as object) })).not.toThrow()
    expect(() => createScimClient({ ...base, baseUrl: new URL(base.baseUrl) as never })).not.toThrow()
    expect(() => createScimClient(undefined as never)).toThrow(/^createScimClient takes options/)
  })
})

describe('an unknown option of a call is refused by name, and nothing is sent', () => {
  const odd = { ifmatch: '"1"' } as object
  const scim = script()
  const calls: Record<string, () => Promise<unknown>> = {
    create: () => scim.users.create({ userName: 'a' }, odd),
    get: () => scim.users.get('1', odd),
    replace: () => scim.users.replace('1', { userName: 'a' }, odd),
    patch: () => scim.users.patch('1', (p) => p.remove('title'), odd),
    delete: () => scim.users.delete('1', odd),
    list: () => collect(scim.users.list(odd)),
    search: () => collect(scim.users.search(odd)),
    page: () => scim.users.page(odd),
    'me.get': () => scim.me.get(odd),
    discover: () => scim.discover(odd),
    request: () => scim.request('GET', '/Schemas', odd),
  }
  test.each(Object.entries(calls))('%s', async (_, call) => {
    const error = await failure(call())
    expect(error).toBeInstanceOf(TypeError)
    expect(error).toMatchObject({ message: expect.stringMatching(/has no option ifmatch; did you mean ifMatch\?$/) })
  })

  test('bulk, and what belongs to another method', async () => {
    expect(await messageOf(scim.bulk([], { failOnError: 1 } as object))).toMatch(/^bulk has no option failOnError;/)
    expect(await messageOf(scim.users.get('1', { filter: 'x' } as object))).toMatch(/^get has no option filter;/)
    expect(await messageOf(collect(scim.users.list({ startIndex: 3 } as object)))).toMatch(/has no option startIndex;/)
    expect(await messageOf(scim.users.get('1', 'x' as never))).toMatch(/^get takes options as an object/)
  })

  test('and so is a wrong number', async () => {
    expect(await messageOf(scim.users.get('1', { timeout: '5' as never }))).toBe(
      'timeout is "5"; give a number of at least 1',
    )
    expect(await messageOf(scim.users.get('1', { budget: -1 }))).toBe('budget is -1; give a number of at least 1')
  })
})

describe('a wrong option of clientCredentials', () => {
  const base = { issuer: 'https://login.test', clientId: 'c', clientSecret: 'a-secret-of-the-client' }
  const table: readonly { given: object; want: RegExp }[] = [
    { given: { issuer: undefined }, want: /either issuer or tokenEndpoint/ },
    { given: { issuer: 'login' }, want: /^issuer is "login".*such as https:\/\// },
    { given: { issuer: undefined, tokenEndpoint: '/token' }, want: /^tokenEndpoint is "\/token".*such as https:\/\// },
    { given: { clientId: undefined }, want: /^clientId.* is undefined/ },
    { given: { clientSecret: 5 }, want: /^clientSecret/ },
    { given: { secretIn: 'form' }, want: /^secretIn is "form"; give basic, post$/ },
    { given: { timeout: 0 }, want: /^timeout is 0; give a number of at least 1$/ },
    { given: { scopes: 'scim' }, want: /^clientCredentials has no option scopes;/ },
    { given: { clientid: 'c' }, want: /^clientCredentials has no option clientid; did you mean clientId\?$/ },
  ]
  test.each(table)('$given shows the value and the way out', ({ given, want }) => {
    const create = () => clientCredentials({ ...base, ...given })
    expect(create).toThrow(TypeError)
    expect(create).toThrow(want)
    expect(create).not.toThrow(/a-secret/)
  })

  test('and of withTracing and basic', () => {
    expect(() => withTracing({ trace: 1 } as object)).toThrow(/^withTracing has no option trace;/)
    expect(() => basic('a', undefined as never)).toThrow(/^basic\(user, password\) needs two strings/)
    expect(() => bearer(undefined as never)).toThrow(/^The bearer token is empty; is its variable set/)
  })
})

describe('bulk says what it wants', () => {
  const scim = script()
  const table: readonly { name: string; given: unknown; want: RegExp }[] = [
    { name: 'a BulkRequest', given: { Operations: [] }, want: /^bulk accepts a list of operations/ },
    { name: 'nothing', given: [null], want: /^Operation 1 of bulk is not an object/ },
    {
      name: 'url for path',
      given: [{ method: 'DELETE', url: '/Users/1' }],
      want: /^Operation 1 of bulk has `url`; give `path`/,
    },
    { name: 'url beside path', given: [{ method: 'DELETE', path: '/Users/1', url: '' }], want: /no option url/ },
    { name: 'another member', given: [{ method: 'DELETE', path: '/Users/1', body: {} }], want: /no option body/ },
    { name: 'no path', given: [{ method: 'DELETE' }], want: /needs a path/ },
    { name: 'a whole address', given: [{ method: 'DELETE', path: 'https://scim.test/Users/1' }], want: /needs a path/ },
    { name: 'no method', given: [{ path: '/Users/1' }], want: /needs a method: POST, PUT, PATCH or DELETE/ },
    { name: 'GET', given: [{ method: 'GET', path: '/Users/1' }], want: /needs a method/ },
    {
      name: 'a patch as a list',
      given: [{ method: 'PATCH', path: '/Users/1', data: [{ op: 'remove', path: 'title' }] }],
      want: /^Operation 1 of bulk is a PATCH and has a list as data; give \{ Operations: \[…\] \}/,
    },
    {
      name: 'a patch of one operation',
      given: [{ method: 'PATCH', path: '/Users/1', data: { op: 'remove', path: 'title' } }],
      want: /has no Operations in its data; give/,
    },
    {
      name: 'a POST without data',
      given: [{ method: 'POST', path: '/Users' }],
      want: /is a POST and needs a resource/,
    },
    { name: 'a PUT with a list', given: [{ method: 'PUT', path: '/Users/1', data: [] }], want: /is a PUT and needs/ },
    {
      name: 'the second one',
      given: [{ method: 'DELETE', path: '/Users/1' }, { method: 'DELETE' }],
      want: /^Operation 2 of bulk/,
    },
  ]
  test.each(table)('of $name', async ({ given, want }) => {
    const error = await failure(scim.bulk(given as never)) // wrong on purpose
    expect(error).toBeInstanceOf(TypeError)
    expect(error).toMatchObject({ message: expect.stringMatching(want) })
  })

  test('patch() of a resource does so, too', async () => {
    for (const given of [undefined, 'x', { Operations: [] }, [{ path: 'title' }], [null]]) {
      const error = await failure(scim.users.patch('1', given as never)) // wrong on purpose
      expect(error).toBeInstanceOf(TypeError)
      expect(error).toMatchObject({ message: expect.stringMatching(/^A patch /) })
    }
    expect(await messageOf(scim.users.patch('1', () => undefined as never))).toMatch(/^A patch /)
    expect(patch(userResource).remove('title').operations).toHaveLength(1)
  })
})

test('a refusal that the caller made up is described by its address', () => {
  const error = new ScimResponseError(
    { method: 'GET', url: 'https://a.test/v2/Users/1?x=2', headers: {} },
    { status: 500, headers: {}, body: {} },
  )
  expect(error.message).toBe('GET /v2/Users/1: 500 The server did not say why (a.test)')
  const request = { method: 'GET', url: 'nothing', headers: {} }
  expect(new ScimTransportError('network', 'No', { outcome: 'unknown', request }).message).toBe('GET nothing: No')
  expect(new ScimTransportError('network', 'No', { outcome: 'unknown' }).message).toBe('No')
})
