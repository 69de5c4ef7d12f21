import { userResource as validated } from '@scimkit/core'
import { enterpriseUser, userResource } from '@scimkit/core/schema'
import { describe, expect, test } from 'vitest'
import {
  basic,
  bearer,
  createScimClient,
  type ScimClientOptions,
  ScimResponseError,
  ScimTransportError,
} from '../src/index.js'
import { collect, failure, json, page, type Step, scimError, scriptedFetch, user } from './scripted-fetch.js'

const resources = { users: userResource }
type Options = Partial<ScimClientOptions<typeof resources>>

function script(steps: readonly Step[], options: Options = {}) {
  const fetch = scriptedFetch(...steps)
  const scim = createScimClient({ baseUrl: 'https://scim.test/v2', resources, fetch, ...options })
  return { fetch, scim }
}

describe('a request', () => {
  test('carries the media types, the credentials and the headers of the caller', async () => {
    const { scim, fetch } = script([json(201, user('1'))], { authenticate: bearer('token') })
    await scim.users.create({ userName: 'ada' }, { headers: { 'x-tenant': 'a', authorization: 'Bearer other' } })
    const headers = Object.fromEntries(fetch.requests[0]?.headers ?? [])
    expect(headers).toEqual({
      accept: 'application/scim+json, application/json',
      authorization: 'Bearer token',
      'content-type': 'application/scim+json',
      'x-tenant': 'a',
    })
  })

  test('follows 307 and 308 within the origin with method, body and credentials', async () => {
    for (const status of [307, 308]) {
      const moved = new Response(null, { status, headers: { location: '/v3/Users' } })
      const { scim, fetch } = script([moved, json(201, user('1'))], { authenticate: bearer('token') })
      await scim.users.create({ userName: 'ada' })
      const [first, second] = fetch.requests
      expect(second?.url.href).toBe('https://scim.test/v3/Users')
      expect(second).toMatchObject({ method: 'POST', text: first?.text })
      expect(second?.headers.get('authorization')).toBe('Bearer token')
    }
  })

  test('refuses ids that are not a segment before anything is sent', async () => {
    const { scim, fetch } = script([])
    for (const id of ['', '.', '..']) {
      const calls = [scim.users.get(id), scim.users.delete(id), scim.users.patch(id, (p) => p.remove('title'))]
      for (const call of calls) expect(await failure(call)).toBeInstanceOf(TypeError)
    }
    expect(await failure(scim.users.patch('1', []))).toBeInstanceOf(TypeError)
    expect(fetch.requests).toEqual([])
  })

  test('a wrong path in a patch is a rejection, and nothing is sent', async () => {
    const { scim, fetch } = script([])
    const error = await failure(scim.users.patch('1', (p) => p.remove('emails[kind eq "x"]')))
    expect(error).toBeInstanceOf(TypeError)
    expect(fetch.requests).toEqual([])
  })

  test('no more than `concurrency` are under way at once, and all come to an end', async () => {
    let running = 0
    let most = 0
    const { scim } = script(
      [
        async (request) => {
          most = Math.max(most, ++running)
          await new Promise((resolve) => setTimeout(resolve, 2))
          running--
          return json(200, user(request.url.split('/').pop() ?? ''))
        },
      ],
      { concurrency: 3 },
    )
    const got = await Promise.all(Array.from({ length: 50 }, (_, n) => scim.users.get(`${n}`)))
    expect(got).toHaveLength(50)
    expect(most).toBe(3)
  })

  test('a signal takes a call out of the line, and those behind it go on', async () => {
    const gates: (() => void)[] = []
    const { scim } = script(
      [
        (request) =>
          new Promise((resolve) => gates.push(() => resolve(json(200, user(request.url.split('/').pop() ?? ''))))),
      ],
      { concurrency: 1 },
    )
    const controller = new AbortController()
    const first = scim.users.get('1')
    const second = failure(scim.users.get('2', { signal: controller.signal }))
    const third = scim.users.get('3')
    await new Promise((resolve) => setTimeout(resolve, 20))
    controller.abort(new Error('changed my mind'))
    expect(await second).toMatchObject({ message: 'changed my mind' })
    for (const wanted of ['1', '3']) {
      while (gates.length === 0) await new Promise((resolve) => setTimeout(resolve, 1))
      gates.shift()?.()
      expect((await (wanted === '1' ? first : third)).id).toBe(wanted)
    }
  })
})

describe('credentials', () => {
  test('a 401 in a storm of requests refreshes the token once', async () => {
    let calls = 0
    const { scim, fetch } = script(
      [(request) => (request.headers.get('authorization') === 'Bearer t2' ? json(200, user('1')) : scimError(401))],
      { authenticate: bearer(() => `t${++calls}`) },
    )
    await Promise.all(Array.from({ length: 20 }, () => scim.users.get('1')))
    expect(calls).toBe(2)
    expect(fetch.requests.length).toBeLessThanOrEqual(40)
  })

  test('a 401 after the refresh is thrown', async () => {
    let calls = 0
    const { scim, fetch } = script([() => scimError(401)], { authenticate: bearer(() => `t${++calls}`) })
    expect(await failure(scim.users.get('1'))).toMatchObject({ status: 401 })
    expect({ calls, requests: fetch.requests.length }).toEqual({ calls: 2, requests: 2 })
  })

  test('no token is a transport error with its cause, and nothing was sent', async () => {
    const { scim, fetch } = script([], {
      authenticate: bearer(() => Promise.reject(new Error('the vault is closed'))),
    })
    const error = await failure(scim.users.create({ userName: 'ada' }))
    expect(error).toMatchObject({ outcome: 'not-applied', cause: { message: 'the vault is closed' } })
    expect(fetch.requests).toEqual([])
  })

  test('a token that never comes ends with the try', async () => {
    const { scim } = script([], { authenticate: () => new Promise(() => {}), timeout: 20 })
    expect(await failure(scim.users.get('1'))).toMatchObject({ reason: 'timeout', outcome: 'not-applied' })
  })

  test('are in no error, hook or command, in no form that a server sends back', async () => {
    const password = 'pä"ss/word'
    const header = basic('ada', password)()
    const credentials = String(header).slice(6)
    const echo = { detail: `${header} ${password}`, more: [encodeURIComponent(password)] }
    const seen: unknown[] = []
    const { scim } = script([json(400, echo, { 'x-echo': credentials, 'set-cookie': 'session=1' })], {
      authenticate: basic('ada', password),
      onRequest: (event) => seen.push(event),
      onResponse: (event) => seen.push(event),
    })
    const error = await failure(scim.users.create({ userName: 'eve', password: 'hunter2' }))
    if (!(error instanceof ScimResponseError)) throw error
    seen.push(error, error.toCurl(), error.detail, error.message, error.response, error.toJSON())
    const shown = seen.map((item) => `${JSON.stringify(item)} ${String(item)}`).join('\n')
    for (const secret of [
      credentials,
      password,
      JSON.stringify(password).slice(1, -1),
      encodeURIComponent(password),
      'hunter2',
    ]) {
      expect(shown).not.toContain(secret)
    }
    expect(shown).toContain('[redacted]')
  })

  test('that stand in other headers are in no error either, not even echoed', async () => {
    const key = 'k3y-of-a-gateway'
    const { scim } = script([json(400, { detail: `no ${key}` }, { 'x-debug': key })])
    const error = await failure(scim.users.get('1', { headers: { 'x-api-key': key, 'x-tenant': 'acme' } }))
    if (!(error instanceof ScimResponseError)) throw error
    const shown = `${JSON.stringify(error)} ${error.toCurl()} ${error.message} ${JSON.stringify(error.response)}`
    expect(shown).not.toContain(key)
    expect(error.toCurl()).toContain('acme')
  })

  test('a password in a patch is in no error either', async () => {
    const { scim } = script([scimError(400)])
    const error = await failure(scim.users.patch('1', (p) => p.replace('password', 'hunter2').replace('title', 'x')))
    const shown = error instanceof ScimResponseError ? error.toCurl() : ''
    expect(shown).toContain('"title"')
    expect(shown).not.toContain('hunter2')
  })
})

describe('an error', () => {
  const bodies: readonly { name: string; body: BodyInit; type?: string; want: object }[] = [
    {
      name: 'by the RFC',
      body: '{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"400","scimType":"mutability","detail":"no"}',
      want: { scimType: 'mutability', detail: 'no' },
    },
    { name: 'with a number for status', body: '{"status":400,"detail":"no"}', want: { detail: 'no' } },
    { name: 'of SCIM 1.1', body: '{"Errors":[{"description":"no","code":"400"}]}', want: { detail: 'no' } },
    { name: 'of a gateway', body: '{"message":"Forbidden"}', want: { detail: 'Forbidden' } },
    {
      name: 'with schemas that are text',
      body: '{"schemas":"[\\"urn\\"]","detail":"no","scimType":"REQUIRED_FIELD_MISSING"}',
      want: { scimType: 'REQUIRED_FIELD_MISSING' },
    },
    { name: 'in HTML', body: '<html>', type: 'text/html', want: { detail: 'GET failed with status 400' } },
    { name: 'without a body', body: '', want: { detail: 'GET failed with status 400' } },
    { name: 'in JSON that is not an object', body: '"no"', want: { detail: 'GET failed with status 400' } },
  ]
  test.each(bodies)('$name is read as far as it goes', async ({ body, type = 'application/json', want }) => {
    const { scim } = script([
      new Response(body, { status: 400, headers: { 'content-type': type, 'x-request-id': 'r-9' } }),
    ])
    expect(await failure(scim.users.get('1'))).toMatchObject({ status: 400, requestId: 'r-9', ...want })
  })

  test('shows the request as a command', async () => {
    const { scim } = script([scimError(409, 'uniqueness')], { authenticate: bearer('token') })
    const error = await failure(scim.users.create({ userName: "o'hara" }))
    expect(error instanceof ScimResponseError && error.toCurl()).toBe(
      "curl -X POST 'https://scim.test/v2/Users' -H 'accept: application/scim+json, application/json'" +
        " -H 'authorization: [redacted]' -H 'content-type: application/scim+json'" +
        ` --data-raw '{"userName":"o'\\''hara","schemas":["urn:ietf:params:scim:schemas:core:2.0:User"]}'`,
    )
  })
})

describe('hooks', () => {
  test('hear of each attempt, each response, each wait and each 429', async () => {
    const told: string[] = []
    const { scim } = script([scimError(429), scimError(503), json(200, user('1'))], {
      onRequest: ({ request }) => told.push(`request ${request.method}`),
      onResponse: ({ status, duration }) => told.push(`response ${status} ${duration >= 0}`),
      onRetry: ({ attempts, delay }) => told.push(`retry ${attempts} ${delay >= 0}`),
      onRateLimit: ({ error }) => told.push(`limit ${error instanceof ScimResponseError}`),
    })
    await scim.users.get('1')
    expect(told).toEqual([
      'request GET',
      'response 429 true',
      'limit true',
      'retry 1 true',
      'request GET',
      'response 503 true',
      'retry 2 true',
      'request GET',
      'response 200 true',
    ])
  })
})

describe('validation', () => {
  const bad = json(200, user('1', { active: 'yes' }))
  const start = (options: Options) => {
    const fetch = scriptedFetch(bad.clone())
    return createScimClient({ baseUrl: 'https://scim.test', fetch, resources: { users: validated }, ...options })
  }
  test('off believes what comes', async () => {
    expect(await start({}).users.get('1')).toMatchObject({ active: 'yes' })
  })
  test('strict refuses it', async () => {
    const error = await failure(start({ validate: 'strict' }).users.get('1'))
    expect(error).toBeInstanceOf(ScimTransportError)
    expect(error).toMatchObject({ reason: 'invalid-response', outcome: 'not-applied' })
    expect(String(error)).toContain('active')
  })
  test('warn tells of it', async () => {
    const told: unknown[] = []
    const scim = start({ validate: 'warn', onInvalidResource: (invalid) => told.push(invalid) })
    expect(await scim.users.get('1')).toMatchObject({ active: 'yes' })
    expect(told).toMatchObject([
      { id: '1', resourceType: 'User', error: { detail: expect.stringContaining('active') } },
    ])
  })
  test('needs validators', () => {
    const options = { baseUrl: 'https://scim.test', validate: 'strict' as const }
    expect(() => createScimClient({ ...options, resources: { users: userResource } })).toThrow(TypeError)
    const mixed = validated.extend(enterpriseUser)
    expect(() => createScimClient({ ...options, resources: { users: mixed } })).toThrow(TypeError)
  })
})

test('wrong options are refused when the client is made', () => {
  const base = { baseUrl: 'https://scim.test', resources }
  const wrong: Options[] = [
    { baseUrl: 'http://scim.test' },
    { timeout: 0 },
    { budget: Number.NaN },
    { retries: -1 },
    { concurrency: 0 },
    { maxBodyBytes: -5 },
  ]
  for (const options of wrong) expect(() => createScimClient({ ...base, ...options })).toThrow(TypeError)
  expect(() => createScimClient({ ...base, resources: { discover: userResource } })).toThrow(TypeError)
})

test('a resource may be listed in pages of any size, and its versions are remembered', async () => {
  const { scim, fetch } = script([
    page([user('1', { meta: { version: 'W/"5"' } })]),
    new Response(null, { status: 204 }),
  ])
  await collect(scim.users.list())
  await scim.users.delete('1')
  expect(fetch.requests[1]?.headers.get('if-match')).toBe('W/"5"')
})
