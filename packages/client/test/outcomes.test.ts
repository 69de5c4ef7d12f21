import { groupResource, ScimError, userResource } from '@scimkit/core/schema'
import { describe, expect, test } from 'vitest'
import { bearer, createScimClient, ScimResponseError, ScimTransportError } from '../src/index.js'
import {
  failure,
  json,
  page,
  refused,
  reset,
  type ScriptedFetch,
  type Step,
  scimError,
  scriptedFetch,
  user,
} from './scripted-fetch.js'

function clientOf(fetch: ScriptedFetch, options: { retries?: number; budget?: number; timeout?: number } = {}) {
  return createScimClient({
    baseUrl: 'https://scim.test/v2',
    authenticate: bearer('secret-token'),
    resources: { users: userResource, groups: groupResource },
    fetch,
    ...options,
  })
}

function script(...steps: Step[]) {
  const fetch = scriptedFetch(...steps)
  return {
    fetch,
    scim: clientOf(fetch),
    sent: () => fetch.requests.map(({ method, url }) => `${method} ${decodeURIComponent(url.pathname + url.search)}`),
  }
}

const hang = (): Promise<Response> => new Promise(() => {})

describe('create', () => {
  const byExternalId = 'GET /v2/Users?filter=externalId eq "e1"'
  const byUserName = 'GET /v2/Users?filter=userName eq "ada"'
  const ada = user('7', { userName: 'ada', externalId: 'e1' })

  const ambiguous: Record<string, Step> = {
    'a 503': scimError(503),
    'a 500 with HTML': new Response('<html>', { status: 500, headers: { 'content-type': 'text/html' } }),
    'a reset': reset(),
    'a response that is cut off': new Response('{"id":"7",', {
      status: 201,
      headers: { 'content-type': 'application/json' },
    }),
  }
  for (const [name, step] of Object.entries(ambiguous)) {
    test(`after ${name} it looks it up by externalId and returns what it finds`, async () => {
      const { scim, sent } = script(step instanceof Response ? step.clone() : step, page([ada]))
      expect(await scim.users.create({ userName: 'ada', externalId: 'e1' })).toMatchObject({ id: '7' })
      expect(sent()).toEqual(['POST /v2/Users', byExternalId])
    })
  }

  test('it sends again what the look-up shows was not applied', async () => {
    const { scim, sent } = script(reset(), page([]), json(201, ada))
    expect(await scim.users.create({ userName: 'ada', externalId: 'e1' })).toMatchObject({ id: '7' })
    expect(sent()).toEqual(['POST /v2/Users', byExternalId, 'POST /v2/Users'])
  })

  test('it looks it up by userName where no externalId was sent', async () => {
    const { scim, sent } = script(reset(), page([user('7', { userName: 'Ada' })]))
    expect(await scim.users.create({ userName: 'ada' })).toMatchObject({ id: '7' })
    expect(sent()).toEqual(['POST /v2/Users', byUserName])
  })

  test('it looks it up by userName where externalId is empty', async () => {
    const { scim, sent } = script(reset(), page([user('7', { userName: 'ada' })]))
    expect(await scim.users.create({ userName: 'ada', externalId: '' })).toMatchObject({ id: '7' })
    expect(sent()).toEqual(['POST /v2/Users', byUserName])
  })

  test('a resource with another externalId is a conflict and never adopted', async () => {
    const { scim, sent } = script(reset(), page([user('7', { userName: 'ada', externalId: 'other' })]))
    const error = await failure(scim.users.create({ userName: 'ada' }))
    expect(ScimError.is(error, 'uniqueness') && error.status).toBe(409)
    expect(sent()).toEqual(['POST /v2/Users', byUserName])
  })

  test('a server that ignores the filter does not make it adopt another resource', async () => {
    const { scim } = script(reset(), page([user('1'), user('2')]), json(201, ada))
    expect(await scim.users.create({ userName: 'ada', externalId: 'e1' })).toMatchObject({ id: '7' })
  })

  test('a 409 on the repeat is resolved by userName', async () => {
    const { scim, sent } = script(reset(), page([]), scimError(409, 'uniqueness'), page([ada]))
    expect(await scim.users.create({ userName: 'ada', externalId: 'e1' })).toMatchObject({ id: '7' })
    expect(sent()).toEqual(['POST /v2/Users', byExternalId, 'POST /v2/Users', byUserName])
  })

  test('a 409 on the repeat stays one when the name is somebody else’s', async () => {
    const { scim } = script(reset(), page([]), scimError(409, 'uniqueness'), page([user('9', { userName: 'ada' })]))
    const error = await failure(scim.users.create({ userName: 'ada', externalId: 'e1' }))
    expect(error).toBeInstanceOf(ScimResponseError)
    expect(ScimError.is(error, 'uniqueness')).toBe(true)
  })

  test('a 409 on the first attempt is an error like any other, and not looked up', async () => {
    const { scim, sent } = script(scimError(409, 'uniqueness'))
    expect(ScimError.is(await failure(scim.users.create({ userName: 'ada' })), 'uniqueness')).toBe(true)
    expect(sent()).toEqual(['POST /v2/Users'])
  })

  test('with nothing to look by the outcome is unknown, and no second POST is sent', async () => {
    for (const step of [reset(), scimError(503)]) {
      const { scim, sent } = script(step)
      const error = await failure(scim.groups.create({ displayName: 'Sales' }))
      expect(error).toBeInstanceOf(ScimTransportError)
      expect(error).toMatchObject({ outcome: 'unknown' })
      expect(sent()).toEqual(['POST /v2/Groups'])
    }
  })

  test('a look-up that fails leaves the outcome unknown, and no second POST is sent', async () => {
    const { scim, sent } = script(reset(), scimError(400, 'invalidFilter'))
    expect(await failure(scim.users.create({ userName: 'ada' }))).toMatchObject({ outcome: 'unknown' })
    expect(sent()).toEqual(['POST /v2/Users', byUserName])
  })

  test('a 429 and a refused connection were not applied, so it is sent again without a look', async () => {
    const { scim, sent } = script(scimError(429), refused(), json(201, ada))
    await scim.users.create({ userName: 'ada', externalId: 'e1' })
    expect(sent()).toEqual(['POST /v2/Users', 'POST /v2/Users', 'POST /v2/Users'])
  })

  test('a time-out is ambiguous', async () => {
    const fetch = scriptedFetch(hang, page([ada]))
    const scim = clientOf(fetch, { timeout: 30 })
    expect(await scim.users.create({ userName: 'ada', externalId: 'e1' })).toMatchObject({ id: '7' })
  })

  test('a 201 without a body is followed by a GET of the id in Location, at our own server', async () => {
    const headers = { location: 'https://evil.test/v2/Users/7' }
    const { scim, fetch } = script(new Response(null, { status: 201, headers }), json(200, ada))
    expect(await scim.users.create({ userName: 'ada' })).toMatchObject({ id: '7' })
    expect(fetch.requests.map(({ url }) => url.href)).toEqual([
      'https://scim.test/v2/Users',
      'https://scim.test/v2/Users/7',
    ])
  })

  test('a 204 without Location is looked up', async () => {
    const { scim, sent } = script(new Response(null, { status: 204 }), page([ada]), json(200, ada))
    expect(await scim.users.create({ userName: 'ada', externalId: 'e1' })).toMatchObject({ id: '7' })
    expect(sent()).toEqual(['POST /v2/Users', byExternalId, 'GET /v2/Users/7'])
  })

  test.each([300, 301, 302, 303, 304, 305])('a %i is never taken as the answer to a write', async (status) => {
    const headers = { location: 'https://scim.test/v2/Users/7' }
    const { scim, sent } = script(new Response(null, { status, headers }))
    const error = await failure(scim.groups.create({ displayName: 'Sales' }))
    expect(error).toMatchObject({ reason: 'invalid-response', outcome: 'unknown' })
    expect(sent()).toEqual(['POST /v2/Groups'])
  })

  test('names the schemas of the extensions that the body uses', async () => {
    const { scim, fetch } = script(json(201, ada))
    await scim.users.create({ userName: 'ada' })
    expect(JSON.parse(fetch.requests[0]?.text ?? '')).toEqual({ userName: 'ada', schemas: [userResource.schema.id] })
  })
})

const read = json(200, user('7', { active: true }), { etag: 'W/"1"' })

describe('patch', () => {
  test('names the version last read, and takes the new one from the response', async () => {
    const { scim, fetch } = script(
      read.clone(),
      new Response(null, { status: 204, headers: { etag: 'W/"2"' } }),
      json(200, user('7', { active: true }), { etag: 'W/"3"' }),
    )
    await scim.users.get('7')
    expect(await scim.users.patch('7', (p) => p.replace('active', false))).toBeUndefined()
    await scim.users.patch('7', (p) => p.replace('active', true))
    expect(fetch.requests.map(({ headers }) => headers.get('if-match'))).toEqual([null, 'W/"1"', 'W/"2"'])
  })

  test('ifMatch: false names no version, and a text names that one', async () => {
    const { scim, fetch } = script(
      read.clone(),
      new Response(null, { status: 204 }),
      new Response(null, { status: 204 }),
    )
    await scim.users.get('7')
    await scim.users.patch('7', (p) => p.replace('active', false), { ifMatch: false })
    await scim.users.patch('7', (p) => p.replace('active', false), { ifMatch: '"x"' })
    expect(fetch.requests.map(({ headers }) => headers.get('if-match'))).toEqual([null, null, '"x"'])
  })

  test('after a lost response the resource is read: the same version is sent again', async () => {
    const { scim, sent } = script(read.clone(), reset(), read.clone(), new Response(null, { status: 204 }))
    await scim.users.get('7')
    await scim.users.patch('7', (p) => p.replace('active', false))
    expect(sent()).toEqual(['GET /v2/Users/7', 'PATCH /v2/Users/7', 'GET /v2/Users/7', 'PATCH /v2/Users/7'])
  })

  test('after a lost response the resource is read: a new version that shows the change is success', async () => {
    const applied = json(200, user('7', { active: false }), { etag: 'W/"2"' })
    const { scim, sent } = script(read.clone(), reset(), applied)
    await scim.users.get('7')
    expect(await scim.users.patch('7', (p) => p.replace('active', false))).toMatchObject({ active: false })
    expect(sent()).toEqual(['GET /v2/Users/7', 'PATCH /v2/Users/7', 'GET /v2/Users/7'])
  })

  test('a 412 after one’s own applied write is success', async () => {
    const applied = json(200, user('7', { active: false }), { etag: 'W/"2"' })
    const { scim } = script(read.clone(), reset(), read.clone(), scimError(412), applied)
    await scim.users.get('7')
    expect(await scim.users.patch('7', (p) => p.replace('active', false))).toMatchObject({ active: false })
  })

  test('a 412 that another client caused stays a 412', async () => {
    const other = json(200, user('7', { active: true, title: 'Boss' }), { etag: 'W/"9"' })
    const { scim } = script(read.clone(), reset(), other.clone(), scimError(412), other.clone())
    await scim.users.get('7')
    expect(await failure(scim.users.patch('7', (p) => p.replace('active', false)))).toMatchObject({ status: 412 })
  })

  test('a 412 on the first attempt is an error like any other', async () => {
    const { scim, sent } = script(read.clone(), scimError(412))
    await scim.users.get('7')
    expect(await failure(scim.users.patch('7', (p) => p.replace('active', false)))).toMatchObject({ status: 412 })
    expect(sent()).toHaveLength(2)
  })

  test('what is never shown leaves the outcome unknown once the resource has changed', async () => {
    const other = json(200, user('7'), { etag: 'W/"2"' })
    const { scim } = script(read.clone(), reset(), other)
    await scim.users.get('7')
    const error = await failure(scim.users.patch('7', (p) => p.replace('password', 'x')))
    expect(error).toMatchObject({ name: 'ScimTransportError', outcome: 'unknown' })
  })

  test('what is never shown is sent again while the resource has its version', async () => {
    const { scim, sent } = script(read.clone(), reset(), read.clone(), new Response(null, { status: 204 }))
    await scim.users.get('7')
    await scim.users.patch('7', (p) => p.replace('password', 'x'))
    expect(sent()).toHaveLength(4)
  })

  test('with attributes a 204 is followed by a GET', async () => {
    const { scim, sent } = script(new Response(null, { status: 204 }), json(200, { id: '7', userName: 'ada' }))
    const got = await scim.users.patch('7', (p) => p.replace('active', false), { attributes: ['userName'] })
    expect(got).toEqual({ id: '7', userName: 'ada', schemas: [userResource.schema.id] })
    expect(sent()).toEqual(['PATCH /v2/Users/7?attributes=userName', 'GET /v2/Users/7?attributes=userName'])
  })

  test('conditional writes to one resource follow each other', async () => {
    let running = 0
    let most = 0
    let version = 1
    const fetch = scriptedFetch(async () => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setTimeout(resolve, 5))
      running--
      return new Response(null, { status: 204, headers: { etag: `"${++version}"` } })
    })
    const scim = clientOf(fetch)
    await Promise.all(['a', 'b', 'c'].map((id) => scim.groups.patch('1', (p) => p.addMember(id))))
    expect(most).toBe(1)
    expect(fetch.requests.map(({ headers }) => headers.get('if-match'))).toEqual([null, '"2"', '"3"'])
  })
})

describe('replace and delete', () => {
  test('a PUT is repeated, and a 412 that its own first try caused is success', async () => {
    const { scim, sent } = script(
      json(200, user('7'), { etag: '"1"' }),
      reset(),
      scimError(412),
      json(200, user('7', { userName: 'ada', title: 'Countess', meta: { created: '2026-01-01T00:00:00Z' } }), {
        etag: '"2"',
      }),
    )
    await scim.users.get('7')
    expect(await scim.users.replace('7', { userName: 'ada', title: 'Countess' })).toMatchObject({ title: 'Countess' })
    expect(sent()).toEqual(['GET /v2/Users/7', 'PUT /v2/Users/7', 'PUT /v2/Users/7', 'GET /v2/Users/7'])
  })

  test('a PUT whose 412 another client caused stays a 412', async () => {
    const { scim } = script(
      json(200, user('7'), { etag: '"1"' }),
      reset(),
      scimError(412),
      json(200, user('7', { title: 'x' })),
    )
    await scim.users.get('7')
    expect(await failure(scim.users.replace('7', { userName: 'ada', title: 'Countess' }))).toMatchObject({
      status: 412,
    })
  })

  test('a PUT or DELETE that may have been applied stays unknown when its repeats are not even sent', async () => {
    for (const step of [reset(), scimError(503)]) {
      const lost = () => scriptedFetch(step instanceof Response ? step.clone() : step, () => Promise.reject(refused()))
      const options = { retries: 2 }
      const put = await failure(clientOf(lost(), options).users.replace('7', { userName: 'ada' }))
      expect(put).toMatchObject({ name: 'ScimTransportError', outcome: 'unknown' })
      expect(await failure(clientOf(lost(), options).users.delete('7'))).toMatchObject({ outcome: 'unknown' })
    }
  })

  test('a PATCH that a look shows was not applied is not unknown when its repeat is not sent', async () => {
    const fetch = scriptedFetch(read.clone(), reset(), read.clone(), () => Promise.reject(refused()))
    const scim = clientOf(fetch, { retries: 1 })
    await scim.users.get('7')
    const error = await failure(scim.users.patch('7', (p) => p.replace('active', false)))
    expect(error).toMatchObject({ name: 'ScimTransportError', outcome: 'not-applied' })
  })

  test('404 on a repeated DELETE is success; in a call of its own it is an error', async () => {
    const { scim, sent } = script(reset(), scimError(404), scimError(404))
    await scim.users.delete('7')
    expect(await failure(scim.users.delete('7'))).toMatchObject({ status: 404 })
    expect(sent()).toEqual(['DELETE /v2/Users/7', 'DELETE /v2/Users/7', 'DELETE /v2/Users/7'])
  })
})

describe('waits', () => {
  test('a wait that does not fit the budget ends at once with the error of the response', async () => {
    for (const after of ['60', '1e9', '1000000000', new Date(Date.now() + 3_600_000).toUTCString()]) {
      const fetch = scriptedFetch(() =>
        scimError(429, undefined, after === '1e9' ? { 'retry-after': '999999999' } : { 'retry-after': after }),
      )
      const error = await failure(clientOf(fetch, { budget: 2000 }).users.get('7'))
      expect(error).toMatchObject({ status: 429 })
      expect(fetch.requests).toHaveLength(1)
    }
  })

  test('Retry-After in seconds is waited for', async () => {
    const at: number[] = []
    const fetch = scriptedFetch(
      () => {
        at.push(performance.now())
        return scimError(503, undefined, { 'retry-after': '1' })
      },
      () => {
        at.push(performance.now())
        return json(200, user('7'))
      },
    )
    await clientOf(fetch).users.get('7')
    const [first = 0, second = 0] = at
    expect(second - first).toBeGreaterThanOrEqual(1000)
  })

  test('it gives up after the last retry with the error of the response', async () => {
    const fetch = scriptedFetch(() => scimError(503))
    expect(await failure(clientOf(fetch, { retries: 2 }).users.get('7'))).toMatchObject({ status: 503 })
    expect(fetch.requests).toHaveLength(3)
  })

  test('501 and 400 are final', async () => {
    for (const status of [400, 403, 404, 501]) {
      const fetch = scriptedFetch(() => scimError(status))
      expect(await failure(clientOf(fetch).users.get('7'))).toMatchObject({ status })
      expect(fetch.requests).toHaveLength(1)
    }
  })

  test('a call to a server that never responds ends with the budget', async () => {
    const fetch = scriptedFetch(hang)
    const error = await failure(clientOf(fetch, { timeout: 40, budget: 100 }).users.get('7'))
    expect(error).toMatchObject({ name: 'ScimTransportError', reason: 'timeout', outcome: 'not-applied' })
  })

  test('a signal ends a hanging call, a wait and a call in line', async () => {
    for (const step of [hang, () => scimError(429, undefined, { 'retry-after': '30' })]) {
      const controller = new AbortController()
      const promise = clientOf(scriptedFetch(step)).users.get('7', { signal: controller.signal })
      setTimeout(() => controller.abort(new Error('enough')), 20)
      expect(await failure(promise)).toMatchObject({ message: 'enough' })
    }
  })
})

describe('credentials that cannot be renewed', () => {
  const renewal = (steps: Step[]) => {
    const fetch = scriptedFetch(...steps)
    let asked = 0
    const authenticate = bearer(() => {
      if (asked++ > 0) throw new Error('The vault is closed')
      return 'secret-token'
    })
    const resources = { users: userResource }
    return createScimClient({ baseUrl: 'https://scim.test/v2', authenticate, resources, fetch })
  }

  test('leave the outcome of an earlier attempt unknown', async () => {
    const scim = renewal([scimError(503), scimError(401)])
    const error = await failure(scim.users.replace('1', { userName: 'ada' }))
    expect(error).toBeInstanceOf(ScimTransportError)
    expect(error).toMatchObject({ outcome: 'unknown', cause: { outcome: 'not-applied' } })
  })

  test('say that a first attempt was not applied', async () => {
    const error = await failure(renewal([scimError(401)]).users.replace('1', { userName: 'ada' }))
    expect(error).toMatchObject({ reason: 'network', outcome: 'not-applied' })
  })
})
