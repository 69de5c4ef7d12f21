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
      page([user('2', { userName: 'b' })]),
      page([]),
    )
    const { done, failed, unknown } = await scim.bulk([post('a'), post('b'), post('c')])
    expect(done).toMatchObject([{ index: 0 }, { index: 1, location: 'https://scim.test/Users/2' }])
    expect(failed).toMatchObject([{ index: 2, error: { outcome: 'not-applied' } }])
    expect(unknown).toEqual([])
    expect(sent().sort()).toEqual([
      'GET /ServiceProviderConfig',
      'GET /Users?filter=userName eq "b"',
      'GET /Users?filter=userName eq "c"',
      'POST /Bulk',
    ])
  })

  test('a lost answer is looked at, operation by operation, and the request is not sent again', async () => {
    const { scim, sent } = script(config(limits), reset(), (request) => {
      const { pathname } = new URL(request.url)
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
    expect(done.map(({ index }) => index)).toEqual([0, 1, 3])
    expect(failed.map(({ index }) => index)).toEqual([2])
    expect(unknown).toMatchObject([
      { index: 4, error: { outcome: 'unknown' } },
      { index: 5, error: { outcome: 'unknown' } },
      { index: 6, error: { outcome: 'unknown' } },
    ])
    expect(sent().filter((line) => line === 'POST /Bulk')).toHaveLength(1)
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

  test('a server that says it has no bulk is believed, and a bulkId stands for one resource', async () => {
    const { scim, sent } = script(config({ supported: false }))
    expect(await failure(scim.bulk([post('a')]))).toMatchObject({ status: 501 })
    expect(sent()).toEqual(['GET /ServiceProviderConfig'])
    const { scim: other } = script(config(limits))
    expect(await failure(other.bulk([post('a'), post('a')]))).toBeInstanceOf(TypeError)
  })
})
