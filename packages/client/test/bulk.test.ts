import { type BulkRequestOperation, groupResource, urns, userResource } from '@scimkit/core/schema'
import { describe, expect, test } from 'vitest'
import { bearer, createScimClient, patch } from '../src/index.js'
import { createProvider, enterpriseUsers, token } from './provider.js'
import { collect, failure, json, page, reset, type Step, scimError, scriptedFetch, user } from './scripted-fetch.js'

const config = (bulk: Record<string, unknown>) => json(200, { schemas: [urns.serviceProviderConfig], bulk })
const limits = { supported: true, maxOperations: 100, maxPayloadSize: 100_000 }
const answer = (...Operations: unknown[]) => json(200, { schemas: [urns.bulkResponse], Operations })

function script(...steps: Step[]) {
  const fetch = scriptedFetch(...steps)
  const scim = createScimClient({
    baseUrl: 'https://scim.test',
    resources: { users: userResource, groups: groupResource },
    fetch,
  })
  const sent = () =>
    fetch.requests.map(({ method, url }) => `${method} ${decodeURIComponent(url.pathname + url.search)}`)
  const bodies = () =>
    fetch.requests
      .filter(({ url }) => url.pathname === '/Bulk')
      .map(({ text }) => JSON.parse(text) as { Operations: BulkRequestOperation[] }) // as they are sent
  return { scim, sent, bodies }
}

const post = (bulkId: string, rest = {}): BulkRequestOperation => ({
  method: 'POST',
  path: '/Users',
  bulkId,
  data: { userName: bulkId, ...rest },
})
const retitle = (id: string, title: string): BulkRequestOperation => ({
  method: 'PATCH',
  path: `/Users/${id}`,
  data: { schemas: [urns.patchOp], Operations: [{ op: 'replace', path: 'title', value: title }] },
})

describe('bulk against the service provider', () => {
  const connect = () => {
    const { handler, baseUrl } = createProvider()
    let bulkRequests = 0
    const scim = createScimClient({
      baseUrl,
      authenticate: bearer(token),
      resources: { users: enterpriseUsers, groups: groupResource },
      fetch: async (request) => {
        if (request.url.endsWith('/Bulk')) bulkRequests++
        const response = await handler.fetch(request)
        if (!request.url.endsWith('/ServiceProviderConfig')) return response
        // A provider that takes little makes many requests of one call.
        const document = (await response.json()) as Record<string, unknown> // a ServiceProviderConfig
        return json(200, { ...document, bulk: { supported: true, maxOperations: 7, maxPayloadSize: 10_000 } })
      },
    })
    return { scim, bulkRequests: () => bulkRequests }
  }

  test('creates users and a group of them, with references across requests', async () => {
    const { scim, bulkRequests } = connect()
    const people = Array.from({ length: 30 }, (_, n) => post(`u${n}`))
    const members = people.map(({ bulkId }) => ({ value: `bulkId:${bulkId}` }))
    const group: BulkRequestOperation = {
      method: 'POST',
      path: '/Groups',
      bulkId: 'g',
      data: { displayName: 'All', members },
    }
    const { done, failed, unknown } = await scim.bulk([...people, group])
    expect({ done: done.length, failed, unknown }).toEqual({ done: 31, failed: [], unknown: [] })
    expect(bulkRequests()).toBe(5)
    expect(done.map(({ index }) => index)).toEqual(done.map((_, at) => at))
    const [all] = await collect(scim.groups.list())
    const users = await collect(scim.users.list())
    expect(new Set(all?.members?.map(({ value }) => value))).toEqual(new Set(users.map(({ id }) => id)))
    expect(users).toHaveLength(30)
  })

  test('says of each operation what came of it', async () => {
    const { scim } = connect()
    const ada = await scim.users.create({ userName: 'ada' })
    const { done, failed, unknown } = await scim.bulk([
      post('ada'),
      { method: 'PATCH', path: `/Users/${ada.id}`, data: patch(enterpriseUsers).replace('title', 'Countess') },
      { method: 'DELETE', path: '/Users/nobody' },
      post('bob'),
    ])
    expect(done.map(({ index }) => index)).toEqual([1, 3])
    expect(failed).toMatchObject([
      { index: 0, bulkId: 'ada', status: 409, error: { scimType: 'uniqueness' } },
      { index: 2, method: 'DELETE', status: 404 },
    ])
    expect(unknown).toEqual([])
    expect(await scim.users.get(ada.id)).toMatchObject({ title: 'Countess' })
  })

  test('stops after as many failures as failOnErrors says, over all requests', async () => {
    const { scim } = connect()
    const operations = Array.from({ length: 30 }, (_, n) => post(`twice${n % 4}`)).map((operation, n) => ({
      ...operation,
      bulkId: `b${n}`,
    }))
    const { done, failed, unknown } = await scim.bulk(operations, { failOnErrors: 3 })
    expect({ done: done.length, failed: failed.length, unknown }).toEqual({ done: 4, failed: 26, unknown: [] })
    expect(failed.filter(({ status }) => status === 409)).toHaveLength(3)
    expect(await collect(scim.users.list())).toHaveLength(4)
  })
})

describe('bulk against odd servers', () => {
  test('takes a status as text, number and object, and entries in any order', async () => {
    const { scim } = script(
      config(limits),
      answer(
        { method: 'DELETE', location: 'https://scim.test/Users/2', status: { code: '204' } },
        { method: 'POST', bulkId: 'b', location: 'https://scim.test/Users/9', status: 201 },
        { method: 'POST', bulkId: 'a', location: 'https://scim.test/Users/8', status: '201', version: '"1"' },
        { method: 'DELETE', location: 'https://scim.test/Users/1', status: '404', response: { detail: 'none' } },
      ),
    )
    const operations: BulkRequestOperation[] = [
      post('a'),
      post('b'),
      { method: 'DELETE', path: '/Users/1' },
      { method: 'DELETE', path: '/Users/2' },
    ]
    const { done, failed } = await scim.bulk(operations)
    expect(done).toEqual([
      {
        index: 0,
        bulkId: 'a',
        method: 'POST',
        path: '/Users',
        status: 201,
        location: 'https://scim.test/Users/8',
        version: '"1"',
      },
      { index: 1, bulkId: 'b', method: 'POST', path: '/Users', status: 201, location: 'https://scim.test/Users/9' },
      { index: 3, method: 'DELETE', path: '/Users/2', status: 204, location: 'https://scim.test/Users/2' },
    ])
    expect(failed).toMatchObject([{ index: 2, status: 404, error: { detail: 'none' } }])
  })

  test('looks at what the server left out or failed at', async () => {
    const { scim, sent } = script(
      config(limits),
      answer(
        { method: 'POST', bulkId: 'a', status: '201', location: 'https://scim.test/Users/1' },
        { method: 'POST', bulkId: 'b', status: '500' },
      ),
      (request) => (request.url.includes('b%22') ? page([user('2', { userName: 'b' })]) : page([])),
      (request) => (request.url.includes('b%22') ? page([user('2', { userName: 'b' })]) : page([])),
      answer({ method: 'POST', bulkId: 'c', status: '500' }),
      page([]),
    )
    const { done, failed, unknown } = await scim.bulk([post('a'), post('b'), post('c')])
    expect(done).toMatchObject([{ index: 0 }, { index: 1, location: 'https://scim.test/Users/2' }])
    // Of what was left out and not done, one more request was made; that one the server failed at by itself.
    expect(failed).toMatchObject([{ index: 2, error: { outcome: 'not-applied' } }])
    expect(unknown).toEqual([])
    expect(sent().sort()).toEqual([
      'GET /ServiceProviderConfig',
      'GET /Users?filter=userName eq "b"',
      'GET /Users?filter=userName eq "c"',
      'GET /Users?filter=userName eq "c"',
      'POST /Bulk',
      'POST /Bulk',
    ])
  })

  test('a lost response is looked up, operation by operation, and only what was not carried out is sent again', async () => {
    const { scim, sent, bodies } = script(config(limits), reset(), (request) => {
      const { pathname } = new URL(request.url)
      if (pathname === '/Bulk') return answer({ method: 'PATCH', status: '200' })
      if (pathname === '/Users') return page([user('1', { userName: 'a' })])
      if (pathname === '/Users/2') return json(200, user('2', { title: 'new' }))
      if (pathname === '/Users/3') return json(200, user('3', { title: 'old' }))
      return pathname === '/Users/4' ? scimError(404) : scimError(403)
    })
    const { done, failed, unknown } = await scim.bulk([
      post('a'),
      retitle('2', 'new'),
      retitle('3', 'new'),
      { method: 'DELETE', path: '/Users/4' },
      { method: 'DELETE', path: '/Users/5' },
      { method: 'DELETE', path: '/Devices/6' },
      { method: 'POST', path: '/Groups', bulkId: 'g', data: { displayName: 'G' } },
    ])
    expect(done.map(({ index }) => index)).toEqual([0, 1, 2, 3])
    expect(failed).toEqual([])
    expect(unknown).toMatchObject([
      { index: 4, error: { outcome: 'unknown' } },
      { index: 5, error: { outcome: 'unknown' } },
      { index: 6, error: { outcome: 'unknown' } },
    ])
    expect(sent().filter((line) => line === 'POST /Bulk')).toHaveLength(2)
    expect(bodies()[1]?.Operations).toEqual([retitle('3', 'new')])
  })

  test('a 429 is sent again, a 413 fails all', async () => {
    const { scim, sent } = script(config(limits), scimError(429), scimError(413))
    const { done, failed } = await scim.bulk([post('a'), post('b')])
    expect(done).toEqual([])
    expect(failed).toMatchObject([{ error: { status: 413 } }, { error: { status: 413 } }])
    expect(sent()).toHaveLength(3)
  })

  test('keeps the limits in bytes, and fails what is too large for any request', async () => {
    const echo: Step = async (request) => {
      const { Operations } = (await request.json()) as { Operations: BulkRequestOperation[] } // a BulkRequest
      return answer(
        ...Operations.map(({ method, bulkId }) => ({
          method,
          bulkId,
          status: '201',
          location: `https://scim.test/Users/${bulkId}`,
        })),
      )
    }
    const { scim, bodies } = script(config({ ...limits, maxPayloadSize: 1000 }), echo)
    const operations = Array.from({ length: 10 }, (_, n) => post(`é${n}`, { title: 'x'.repeat(n === 4 ? 2000 : 100) }))
    const { done, failed } = await scim.bulk(operations)
    expect(done).toHaveLength(9)
    expect(failed.map(({ index }) => index)).toEqual([4])
    for (const body of bodies())
      expect(new TextEncoder().encode(JSON.stringify(body)).byteLength).toBeLessThanOrEqual(1000)
  })

  test('a bulkId stands for one resource', async () => {
    const { scim, sent } = script(config(limits))
    expect(await failure(scim.bulk([post('a'), post('a')]))).toBeInstanceOf(TypeError)
    expect(sent()).toEqual([])
  })
})

describe('a bulk response that is cut short', () => {
  const made = (bulkId: string, id = bulkId) => ({
    method: 'POST',
    bulkId,
    status: '201',
    location: `https://scim.test/Users/${id}`,
  })
  const lookUps = (request: Request) => {
    if (new URL(request.url).pathname !== '/Bulk') return page([])
    return request.json().then(({ Operations }) => {
      // One operation for each request, however many are asked for.
      const [{ method, bulkId }] = Operations as [BulkRequestOperation]
      return answer(method === 'POST' ? made(bulkId ?? '') : { method, status: '204' })
    })
  }

  test('has its undone operations sent again, as long as each request brings it on', async () => {
    const { scim, bodies } = script(config(limits), lookUps)
    const { done, failed, unknown } = await scim.bulk(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((id) => post(id)))
    expect(done.map(({ bulkId }) => bulkId)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'])
    expect({ failed, unknown }).toEqual({ failed: [], unknown: [] })
    expect(bodies().map(({ Operations }) => Operations.length)).toEqual([8, 7, 6, 5, 4, 3, 2, 1])
  })

  test('of no operation at all is given up after the retries', async () => {
    const fetch = scriptedFetch(config(limits), (request) => (request.url.endsWith('/Bulk') ? answer() : page([])))
    const scim = createScimClient({
      baseUrl: 'https://scim.test',
      resources: { users: userResource },
      fetch,
      retries: 1,
    })
    const { done, failed, unknown } = await scim.bulk([post('a'), post('b')])
    expect({ done, failed: failed.length, unknown }).toEqual({ done: [], failed: 2, unknown: [] })
    expect(fetch.requests.filter(({ url }) => url.pathname === '/Bulk')).toHaveLength(2)
  })

  test('has nothing sent again where failOnErrors was reached, since the server stopped as it was asked to', async () => {
    const taken = { method: 'POST', bulkId: 'b', status: '409', response: { detail: 'taken' } }
    for (const failOnErrors of [1, undefined]) {
      const { scim, bodies, sent } = script(config(limits), answer(made('a'), taken), page([]), (request) =>
        request.url.endsWith('/Bulk') ? answer(made('c')) : page([]),
      )
      const { done, failed, unknown } = await scim.bulk([post('a'), post('b'), post('c')], { failOnErrors })
      expect(unknown).toEqual([])
      if (failOnErrors === undefined) {
        expect(done.map(({ bulkId }) => bulkId)).toEqual(['a', 'c'])
        expect(bodies()).toHaveLength(2)
      } else {
        expect(failed.map(({ bulkId }) => bulkId)).toEqual(['b', 'c'])
        expect(failed[1]?.error).toMatchObject({ outcome: 'not-applied' })
        expect(sent()).toEqual(['GET /ServiceProviderConfig', 'POST /Bulk'])
      }
    }
  })

  test('is cut short before failOnErrors was reached, so the rest is sent again with what is left of it', async () => {
    const taken = { method: 'POST', bulkId: 'a', status: '409' }
    const { scim, bodies } = script(config(limits), answer(taken), page([]), answer(made('b')))
    const { done } = await scim.bulk([post('a'), post('b')], { failOnErrors: 2 })
    expect(done.map(({ bulkId }) => bulkId)).toEqual(['b'])
    expect(bodies()).toMatchObject([{ failOnErrors: 2 }, { failOnErrors: 1 }])
  })

  test('has what refers to an undone operation sent again, with the ids that are known by then', async () => {
    const group: BulkRequestOperation = {
      method: 'POST',
      path: '/Groups',
      bulkId: 'g',
      data: { displayName: 'g', members: [{ value: 'bulkId:a' }, { value: 'bulkId:b' }] },
    }
    const { scim, bodies } = script(
      config(limits),
      answer(made('a', '7')),
      page([]),
      answer(made('b', '8'), { ...made('g'), location: 'https://scim.test/Groups/9' }),
    )
    // The group refers to b, which was not carried out; so neither was the group.
    const { done, unknown } = await scim.bulk([
      post('a'),
      post('b'),
      { ...group, data: { ...(group.data as object), members: [{ value: 'bulkId:b' }] } },
    ])
    expect({ done: done.length, unknown }).toEqual({ done: 3, unknown: [] })
    expect(bodies()[1]?.Operations.map(({ bulkId }) => bulkId)).toEqual(['b', 'g'])
  })

  test('leaves unknown what cannot be looked for', async () => {
    const group = (bulkId: string): BulkRequestOperation => ({
      method: 'POST',
      path: '/Groups',
      bulkId,
      data: { displayName: 'g', members: [{ value: 'bulkId:a' }] },
    })
    const { scim, bodies } = script(config(limits), answer(made('a')))
    const { done, unknown } = await scim.bulk([post('a'), group('g'), group('h')])
    expect(done.map(({ bulkId }) => bulkId)).toEqual(['a'])
    expect(unknown).toMatchObject([{ bulkId: 'g', error: { outcome: 'unknown' } }, { bulkId: 'h' }])
    expect(bodies()).toHaveLength(1)
  })
})

describe('a bulk request whose connection is reset', () => {
  test('is sent again when the server carried nothing of it out', async () => {
    const { scim, bodies } = script(
      config(limits),
      reset(),
      () => page([]),
      () => page([]),
      answer(
        { method: 'POST', bulkId: 'a', status: '201', location: 'https://scim.test/Users/1' },
        { method: 'POST', bulkId: 'b', status: '201', location: 'https://scim.test/Users/2' },
      ),
    )
    const { done, failed, unknown } = await scim.bulk([post('a'), post('b')])
    expect({ done: done.length, failed, unknown }).toEqual({ done: 2, failed: [], unknown: [] })
    expect(bodies()[0]).toEqual(bodies()[1])
  })

  test('is not looked at when the socket had sent nothing yet', async () => {
    const early: Record<string, Error> = {
      'closed before a byte was written': Object.assign(new Error('other side closed'), {
        code: 'UND_ERR_SOCKET',
        socket: { bytesWritten: 0 },
      }),
      'closed before TLS was there': Object.assign(
        new Error('Client network socket disconnected before secure TLS connection was established'),
        { code: 'ECONNRESET' },
      ),
    }
    for (const cause of Object.values(early)) {
      const { scim, sent } = script(
        config(limits),
        new TypeError('fetch failed', { cause }),
        answer({ method: 'POST', bulkId: 'a', status: '201', location: 'https://scim.test/Users/1' }),
      )
      expect((await scim.bulk([post('a')])).done).toHaveLength(1)
      expect(sent()).toEqual(['GET /ServiceProviderConfig', 'POST /Bulk', 'POST /Bulk'])
    }
  })
})

describe('a server without bulk', () => {
  const single = (request: Request) => {
    const { pathname } = new URL(request.url)
    if (request.method === 'DELETE')
      return pathname.endsWith('/3') ? scimError(404) : new Response(null, { status: 204 })
    if (pathname === '/Groups') return json(201, { schemas: [groupResource.schema.id], id: 'g1', displayName: 'g' })
    return pathname === '/Users' ? json(201, user('u 1', { userName: 'a' })) : json(200, user('2'), { etag: '"5"' })
  }
  const operations: readonly BulkRequestOperation[] = [
    post('a'),
    { method: 'POST', path: '/Groups', data: { displayName: 'g', members: [{ value: 'bulkId:a' }] } },
    retitle('2', 'x'),
    { method: 'PUT', path: '/Users/2', version: '"4"', data: { userName: 'b' } },
    { method: 'DELETE', path: '/Users/3' },
    { method: 'DELETE', path: '/Devices/4' },
    { method: 'POST', path: '/Groups', data: { displayName: 'g', members: [{ value: 'bulkId:none' }] } },
  ]

  test('gets the operations one by one, in their order, with references to what was created', async () => {
    const { scim, sent } = script(config({ supported: false }), single)
    const { done, failed, unknown } = await scim.bulk(operations)
    expect(sent()).toEqual([
      'GET /ServiceProviderConfig',
      'POST /Users',
      'POST /Groups',
      'PATCH /Users/2',
      'PUT /Users/2',
      'DELETE /Users/3',
      'DELETE /Devices/4',
    ])
    expect(done).toMatchObject([
      { index: 0, bulkId: 'a', location: 'https://scim.test/Users/u%201' },
      { index: 1, location: 'https://scim.test/Groups/g1' },
      { index: 2, location: 'https://scim.test/Users/2', version: '"5"' },
      { index: 3, version: '"5"' },
      { index: 5 },
    ])
    expect(failed).toMatchObject([
      { index: 4, status: 404, error: { status: 404 } },
      { index: 6, error: { message: expect.stringContaining('bulkId none') } },
    ])
    expect(unknown).toEqual([])
  })

  test('gets the bodies that single calls send, and a condition only where the operation has a version', async () => {
    const fetch = scriptedFetch(config({ supported: 'false' }), single)
    const scim = createScimClient({
      baseUrl: 'https://scim.test',
      resources: { users: userResource, groups: groupResource },
      fetch,
    })
    await scim.bulk(operations)
    const [, , group, patched, replaced] = fetch.requests
    expect(JSON.parse(group?.text ?? '')).toEqual({
      schemas: [groupResource.schema.id],
      displayName: 'g',
      members: [{ value: 'u 1' }],
    })
    expect(JSON.parse(patched?.text ?? '')).toEqual(operations[2]?.data)
    expect([patched, replaced].map((request) => request?.headers.get('if-match'))).toEqual([null, '"4"'])
  })

  test('is noted once, and asked once what it can do', async () => {
    const kinds: string[] = []
    const fetch = scriptedFetch(config({ supported: false }), single)
    const scim = createScimClient({
      baseUrl: 'https://scim.test',
      resources: { users: userResource },
      fetch,
      onNote: ({ kind }) => kinds.push(kind),
    })
    await scim.bulk([post('a')])
    await scim.bulk([post('a')])
    expect(kinds).toEqual(['single-requests'])
    expect(fetch.requests.filter(({ method }) => method === 'GET')).toHaveLength(1)
  })

  test('gets no more after as many failures as failOnErrors says', async () => {
    const { scim, sent } = script(config({ supported: false }), single)
    const remove = (id: string): BulkRequestOperation => ({ method: 'DELETE', path: `/Users/${id}` })
    const { failed } = await scim.bulk([remove('3'), remove('4')], { failOnErrors: 1 })
    expect(failed).toHaveLength(2)
    expect(sent()).toHaveLength(2)
  })

  test('stays unknown about what has no usable response', async () => {
    const { scim } = script(config({ supported: false }), reset())
    const { unknown } = await scim.bulk([{ method: 'POST', path: '/Groups', data: { displayName: 'g' } }])
    expect(unknown).toMatchObject([{ index: 0, error: { outcome: 'unknown' } }])
  })

  test('is refused by 501 where single requests are not wanted', async () => {
    const { scim, sent } = script(config({ supported: false }))
    expect(await failure(scim.bulk([post('a')], { singleRequests: false }))).toMatchObject({ status: 501 })
    expect(sent()).toEqual(['GET /ServiceProviderConfig'])
  })

  test('may show it only by its response to the bulk request', async () => {
    for (const status of [404, 405, 501]) {
      const { scim, sent } = script(scimError(404), scimError(404), scimError(status), single)
      expect((await scim.bulk([post('a')])).done).toHaveLength(1)
      expect(sent().slice(-2)).toEqual(['POST /Bulk', 'POST /Users'])
    }
    const { scim } = script(config(limits), scimError(404))
    expect((await scim.bulk([post('a')])).failed).toMatchObject([{ error: { status: 404 } }])
  })
})

describe('data of a bulk operation', () => {
  const sentData = async (operation: BulkRequestOperation) => {
    const { scim, bodies } = script(
      config(limits),
      answer({
        method: operation.method,
        bulkId: operation.bulkId,
        status: '200',
        location: 'https://scim.test/Users/1',
      }),
    )
    await scim.bulk([operation])
    return bodies()[0]?.Operations[0]?.data
  }
  const Operations = [{ op: 'remove', path: 'title' }] as const

  test('gets the schemas of a PATCH, whether it is plain, built or for a type that the client does not know', async () => {
    const want = { schemas: [urns.patchOp], Operations }
    const built = patch(userResource).remove('title')
    for (const data of [{ Operations }, { schemas: null, Operations }, { schemas: [], Operations }, built]) {
      expect(await sentData({ method: 'PATCH', path: '/Users/1', data })).toEqual(want)
    }
    expect(await sentData({ method: 'PATCH', path: '/Devices/1', data: { Operations } })).toEqual(want)
    const own = { schemas: ['urn:own'], Operations }
    expect(await sentData({ method: 'PATCH', path: '/Users/1', data: own })).toEqual(own)
  })

  test('gets the schemas of a resource that is posted or put', async () => {
    for (const method of ['POST', 'PUT'] as const) {
      const path = method === 'POST' ? '/Users' : '/Users/1'
      const want = { schemas: [userResource.schema.id], userName: 'a' }
      expect(await sentData({ method, path, bulkId: 'a', data: { userName: 'a' } })).toEqual(want)
      expect(await sentData({ method, path, bulkId: 'a', data: { userName: 'a', schemas: [] } })).toEqual(want)
      const other = { name: 'of another type' }
      expect(await sentData({ method, path: path.replace('Users', 'Devices'), bulkId: 'a', data: other })).toEqual(
        other,
      )
    }
  })
})
