import { ScimError, urns, userResource } from '@scimkit/core'
import { expect, it } from 'vitest'
import { mount } from '../../src/index.js'
import { createUser, type StartHost, tokens } from './host.js'

/** Authorization headers that are not credentials. */
const wrongCredentials: readonly (string | undefined)[] = [
  undefined,
  '',
  'Bearer',
  'Bearer ',
  `bearer${tokens.main}`,
  tokens.main,
  `Basic ${tokens.main}`,
  `Bearer ${tokens.main}x`,
  `Bearer ${tokens.main.slice(1)}`,
  `Bearer ${tokens.main.toUpperCase()}`,
  `Bearer ${tokens.main} ${tokens.main}`,
  `Bearer ${tokens.main}, Bearer ${tokens.main}`,
  `Bearer ${tokens.main},`,
  `Bearer "${tokens.main}"`,
  `Token ${tokens.main}`,
  'Bearer null',
  'Bearer undefined',
  'Bearer __proto__',
]

/**
 * Paths, methods and credentials.
 *
 * @param start Starts a service provider.
 */
export function endpointRules(start: StartHost): void {
  const paths = [
    '/Users',
    '/Users/x',
    '/Users/.search',
    '/Groups',
    '/Bulk',
    '/Me',
    '/.search',
    '/Schemas',
    '/ResourceTypes',
    '/nothing',
    '/',
  ]

  it('EP-7, SC-10, CN-6: without valid credentials every path and method is 401 with a challenge', async () => {
    const host = await start()
    for (const authorization of wrongCredentials) {
      for (const path of paths) {
        const headers = authorization === undefined ? {} : { authorization }
        const answer = await host.send('GET', `${path}?filter=((`, { token: null, headers })
        expect([authorization, path, answer.status]).toEqual([authorization, path, 401])
        expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer /)
        expect(answer.headers.get('content-type')).toBe('application/scim+json')
        expect(answer.body).toMatchObject({ schemas: [urns.error], status: '401', detail: expect.any(String) })
      }
    }
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const answer = await host.send(method, '/Users', { token: null, ...(method === 'POST' && { body: '{broken' }) })
      expect([method, answer.status]).toEqual([method, 401])
    }
    expect((await host.fetch(new Request(`${host.origin}/scim/v2/Users`, { method: 'HEAD' }))).status).toBe(401)
  })

  it('SC-10: the scheme may be spelt in any case, and a token never comes from the query', async () => {
    const host = await start()
    for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
      const answer = await host.send('GET', '/Users', {
        token: null,
        headers: { authorization: `${scheme} ${tokens.main}` },
      })
      expect(answer.status).toBe(200)
    }
    expect((await host.send('GET', `/Users?access_token=${tokens.main}`, { token: null })).status).toBe(401)
  })

  it('SC-10: credentials are checked before anything else; no store is asked', async () => {
    let asked = 0
    const host = await start({
      resources: (store) => [
        mount(userResource, {
          ...store,
          get: (...args) => {
            asked++
            return store.get(...args)
          },
          query: (...args) => {
            asked++
            return store.query(...args)
          },
        }),
      ],
    })
    await host.send('GET', '/Users', { token: 'wrong-token-0123456789' })
    await host.send('GET', '/Users/x', { token: 'wrong-token-0123456789' })
    expect(asked).toBe(0)
  })

  it('ER-1: an authenticate that fails is a neutral 500, one that throws a ScimError is that error', async () => {
    const host = await start({
      authenticate: () => {
        throw new Error('database password is hunter2')
      },
    })
    const answer = await host.send('GET', '/Users')
    expect(answer.status).toBe(500)
    expect(answer.text).not.toContain('hunter2')
  })

  it.each([400, 403, 409, 412, 429, 500, 501, 503, 507])(
    'ER-1: a ScimError %i of the application is answered as it is, but 500 is neutral and reported',
    async (status) => {
      const reported: unknown[] = []
      const error = new ScimError(status as 400, 'row 7 of accounts is locked by hunter2')
      const fail = () => {
        throw error
      }
      const host = await start({
        onError: (given) => void reported.push(given),
        hooks: { before: { provision: fail } },
      })
      const operation = { schemas: [urns.user], userName: 'ada' }
      const Operations = [{ method: 'POST', path: '/Users', bulkId: 'b', data: operation }]
      const answer = await host.send('POST', '/Users', { body: operation })
      const bulk = await host.send('POST', '/Bulk', { body: { schemas: [urns.bulkRequest], Operations } })
      expect([answer.status, bulk.body.Operations]).toMatchObject([status, [{ status: String(status) }]])
      const isFailure = status === 500
      expect([answer.text.includes('hunter2'), bulk.text.includes('hunter2')]).toEqual([!isFailure, !isFailure])
      expect(reported).toEqual(isFailure ? [error, error] : [])
    },
  )

  it('a caller that authenticate does not know, in whatever way it says so, is 401; a wrong tenant is 500', async () => {
    for (const [principal, status] of [
      [undefined, 401],
      [{ subject: 'x', tenantId: '' }, 500],
      [{ subject: 'x', tenantId: 7 }, 500],
    ] as const) {
      const host = await start({ authenticate: () => principal as never })
      expect((await host.send('GET', '/Users')).status).toBe(status)
    }
  })

  it('EP-1: PUT to an unknown id creates nothing', async () => {
    const host = await start()
    const body = { schemas: [urns.user], userName: 'ada' }
    expect((await host.send('PUT', '/Users/unknown', { body })).status).toBe(404)
    expect((await host.send('GET', '/Users')).body.totalResults).toBe(0)
  })

  it('EP-3: /Me is 501 with a clear detail', async () => {
    const answer = await (await start()).send('GET', '/Me')
    expect(answer.body).toMatchObject({
      schemas: [urns.error],
      status: '501',
      detail: expect.stringContaining('not supported'),
    })
  })

  it.each([
    ['DELETE', '/Users', 'GET, HEAD, POST, OPTIONS'],
    ['PATCH', '/Users', 'GET, HEAD, POST, OPTIONS'],
    ['POST', '/Users/x', 'GET, HEAD, PUT, PATCH, DELETE, OPTIONS'],
    ['GET', '/Users/.search', 'POST, OPTIONS'],
    ['POST', '/Schemas', 'GET, HEAD, OPTIONS'],
    ['DELETE', '/ServiceProviderConfig', 'GET, HEAD, OPTIONS'],
    ['PUT', '/ResourceTypes/User', 'GET, HEAD, OPTIONS'],
    ['PROPFIND', '/Users', 'GET, HEAD, POST, OPTIONS'],
  ])('EP-3, DI-8: %s %s is 405 with Allow', async (method, path, allow) => {
    const answer = await (await start()).send(method, path)
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow])
    expect(answer.body).toMatchObject({ schemas: [urns.error], status: '405', detail: expect.any(String) })
  })

  it('OPTIONS lists the methods of a path', async () => {
    const answer = await (await start()).send('OPTIONS', '/Users/x')
    expect([answer.status, answer.headers.get('allow'), answer.text]).toEqual([
      204,
      'GET, HEAD, PUT, PATCH, DELETE, OPTIONS',
      '',
    ])
  })

  it('HEAD is GET without the body', async () => {
    const host = await start()
    const { id } = await createUser(host, 'ada')
    const get = await host.send('GET', `/Users/${id}`)
    const head = await host.send('HEAD', `/Users/${id}`)
    expect([head.status, head.text, head.headers.get('etag')]).toEqual([200, '', 'W/"1"'])
    expect(head.headers.get('content-length')).toBe(String(new TextEncoder().encode(get.text).byteLength))
    expect((await host.send('HEAD', '/Users/unknown')).status).toBe(404)
  })

  it('EP-5: v2 may stand before the endpoint; another version is 400 invalidVers', async () => {
    const host = await start({ basePath: '/scim' })
    await createUser(host, 'ada')
    expect((await host.send('GET', '/v2/Users')).body.totalResults).toBe(1)
    expect((await host.send('GET', '/Users')).body.totalResults).toBe(1)
    for (const version of ['v1', 'v3', 'v22']) {
      const answer = await host.send('GET', `/${version}/Users`)
      expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidVers'])
    }
  })

  it('EP-8: unknown query parameters are ignored', async () => {
    const host = await start()
    await createUser(host, 'ada')
    const answer = await host.send('GET', '/Users?aadOptscim062020&x=%5B&__proto__=1&constructor=2')
    expect([answer.status, answer.body.totalResults]).toEqual([200, 1])
  })

  it('EP-12: a path segment is decoded once, as UTF-8', async () => {
    const host = await start()
    const { id } = await createUser(host, 'ada')
    const encoded = `%${id.charCodeAt(0).toString(16)}${id.slice(1)}`
    for (const path of [`/%55sers/${id}`, `/Users/${encoded}`, `/Users/${id}/`]) {
      expect([path, (await host.send('GET', path)).status]).toEqual([path, 200])
    }
    for (const path of ['/Users/%', '/Users/%zz', '/Users/%ff', '/%C3/x']) {
      expect([path, (await host.send('GET', path)).status]).toEqual([path, 400])
    }
    for (const path of ['/Users/a%00b', '/Users/a%2Fb', `/Users/%2525`, '/Users/a/b', '/users', '/Nothing/at/all']) {
      expect([path, (await host.send('GET', path)).status]).toEqual([path, 404])
    }
  })

  it('EP-7, SC-10: 401 comes before 404, 404 before 405, and 405 before a query that cannot be read', async () => {
    const host = await start()
    const stranger = await start({ authenticate: () => ({ subject: 'ada', userId: 'ada' }) })
    for (const query of ['?count=%zz', '?filter=', '?count=1&count=2', '?attributes=a&excludedAttributes=b']) {
      expect((await host.send('GET', `/Unknown${query}`, { token: null })).status).toBe(401)
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
        const body = method === 'GET' || method === 'OPTIONS' ? undefined : '{'
        expect([query, method, (await host.send(method, `/Unknown${query}`, { body })).status]).toEqual([
          query,
          method,
          404,
        ])
      }
      expect((await stranger.send('GET', `/Users${query}`)).status).toBe(403)
      expect((await host.send('PUT', `/Users${query}`, { body: '{' })).status).toBe(405)
      expect((await host.send('OPTIONS', `/Users${query}`)).status).toBe(204)
      expect((await host.send('GET', `/Users${query}`)).status).toBe(400)
    }
  })

  it('a path outside the base path is 404, also one that only begins like it', async () => {
    const host = await start()
    for (const path of ['/', '/scim', '/scim/v2x/Users', '/scim/v22/Users', '/other/scim/v2/Users']) {
      const request = new Request(host.origin + path, { headers: { authorization: `Bearer ${tokens.main}` } })
      const response = await host.fetch(request)
      expect([path, response.status]).toEqual([path, 404])
      expect(await response.json()).toMatchObject({ schemas: [urns.error], status: '404' })
    }
  })

  it('the root of the host can be the service root', async () => {
    const host = await start({ basePath: '/' })
    const user = await createUser(host, 'ada')
    expect(user.meta).toMatchObject({ location: `${host.origin}/Users/${user.id}` })
    expect((await host.send('GET', `/Users/${user.id}`)).status).toBe(200)
  })

  it('ER-1: a store that fails is a neutral 500 that is reported with the request id', async () => {
    const reported: unknown[] = []
    const secret = new Error('SELECT * FROM users at /srv/app/store.js:1')
    const host = await start({
      onError: (error, info) => reported.push([error, info.requestId, info.principal?.subject]),
      resources: (store) => [mount(userResource, { ...store, query: () => Promise.reject(secret) })],
    })
    const answer = await host.send('GET', '/Users')
    expect(answer.body).toMatchObject({ schemas: [urns.error], status: '500', detail: expect.any(String) })
    expect(answer.text).not.toMatch(/SELECT|srv|\.js/)
    expect(reported).toEqual([[secret, answer.headers.get('x-request-id'), 'main']])
  })
}
