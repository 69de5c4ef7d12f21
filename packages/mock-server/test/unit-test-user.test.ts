import { bearer, createScimClient, ScimResponseError, ScimTransportError } from '@scimkit/client'
import { enterpriseUser, groupResource, resourceFromSchemas, userResource } from '@scimkit/core'
import { describe, expect, it } from 'vitest'
import { createMockServer, type MockServer } from '../src/index.js'

// Tests as somebody writes them who tests an application of his own against the mock server.
function connect(server: MockServer) {
  return createScimClient({
    baseUrl: server.url,
    fetch: server.fetch,
    resources: { users: userResource, groups: groupResource },
    retries: 0,
  })
}

describe('an application under test', () => {
  it('talks to the mock server without any network', async () => {
    const server = createMockServer({ resources: [userResource, groupResource] })
    const scim = connect(server)
    const ada = await scim.users.create({ userName: 'ada', active: true })
    await scim.users.patch(ada.id, (p) => p.replace('name.familyName', 'King'))
    expect(await scim.users.get(ada.id)).toMatchObject({ userName: 'ada', name: { familyName: 'King' } })
    const found = []
    for await (const user of scim.users.list({ filter: (f) => f.eq('userName', 'ADA') })) found.push(user.id)
    expect(found).toEqual([ada.id])
    await scim.users.delete(ada.id)
    await expect(scim.users.get(ada.id)).rejects.toMatchObject({ status: 404 })
  })

  it('gets what the schema of a custom type wants from the server', async () => {
    const urn = 'urn:example:params:scim:schemas:core:2.0:Badge'
    const server: Readonly<Record<string, unknown>> = { mutability: 'readOnly', required: true }
    const attributes = [
      { name: 'label' },
      { name: 'number', ...server, uniqueness: 'server' },
      { name: 'revoked', ...server, type: 'boolean' },
      { name: 'readers', ...server, type: 'complex', multiValued: true, subAttributes: [{ name: 'value', ...server }] },
      { name: 'seen', mutability: 'readOnly', type: 'dateTime' },
    ]
    const type = { name: 'Badge', endpoint: '/Badges', schema: urn }
    const badges = resourceFromSchemas({ id: urn, name: 'Badge', attributes }, type)
    const { url: baseUrl, fetch } = createMockServer({ resources: [badges] })
    const scim = createScimClient({ baseUrl, fetch, resources: { badges }, validate: 'strict' })
    const badge = await scim.badges.create({ label: 'blue', number: 'mine' })
    expect(badge).toMatchObject({
      label: 'blue',
      number: `number of ${badge.id}`,
      revoked: false,
      readers: [{ value: `value of ${badge.id}` }],
    })
    expect(badge).not.toHaveProperty('seen')
    expect(await scim.badges.replace(String(badge.id), { label: 'red' })).toMatchObject({ number: badge.number })
  })

  it('looks at what was sent', async () => {
    const server = createMockServer({ token: 'secret-of-the-test' })
    const scim = createScimClient({
      baseUrl: server.url,
      fetch: server.fetch,
      authenticate: bearer('secret-of-the-test'),
      resources: { users: userResource },
    })
    expect(await scim.users.page({ count: 5 })).toMatchObject({ totalResults: 0 })
    expect(server.requests).toHaveLength(1)
    expect(server.requests[0]).toMatchObject({
      method: 'GET',
      path: '/Users',
      query: { count: '5' },
      headers: { authorization: 'Bearer [redacted]' },
      body: undefined,
      status: 200,
      response: { body: { totalResults: 0 } },
      notes: [],
      failed: false,
    })
    expect(JSON.stringify(server.requests)).not.toContain('secret-of-the-test')
  })

  it('sees which lenient readings a request needed', async () => {
    const server = createMockServer()
    const scim = connect(server)
    const ada = await scim.users.create({ userName: 'ada' })
    await server.fetch(`${server.url}/Users/${ada.id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/scim+json' },
      body: JSON.stringify({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'Replace', path: 'active', value: 'False' }],
      }),
    })
    const [, patch] = server.requests
    expect(patch?.status).toBe(200)
    expect(patch?.notes.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['opCaseInsensitive', 'stringBooleans']),
    )
  })

  it('rehearses failures', async () => {
    const server = createMockServer()
    const scim = connect(server)
    server.failNext({ method: 'POST', path: '/Users', status: 429, headers: { 'Retry-After': '0' } })
    await expect(scim.users.create({ userName: 'ada' })).rejects.toBeInstanceOf(ScimResponseError)
    server.failNext({ method: 'GET', path: '/Users/*', drop: true })
    const ada = await scim.users.create({ userName: 'ada' })
    await expect(scim.users.get(ada.id)).rejects.toBeInstanceOf(ScimTransportError)
    expect(await scim.users.get(ada.id)).toMatchObject({ userName: 'ada' })
    expect(server.requests.map(({ failed }) => failed)).toEqual([true, false, true, false])
  })

  it('rehearses an answer that is lost after the work was done', async () => {
    const server = createMockServer()
    server.failNext({ method: 'POST', drop: 'response' })
    const body = JSON.stringify({ schemas: [userResource.schema.id], userName: 'ada' })
    const post = server.fetch(`${server.url}/Users`, {
      method: 'POST',
      headers: { 'content-type': 'application/scim+json' },
      body,
    })
    await expect(post).rejects.toThrow(TypeError)
    expect(server.requests).toMatchObject([{ method: 'POST', status: 0, failed: true }])
    const list = await server.fetch(`${server.url}/Users`)
    expect(await list.json()).toMatchObject({ totalResults: 1 })
  })

  it('waits for slow answers, and gives up when it wants to', async () => {
    const server = createMockServer()
    server.failNext({ delay: 60_000 })
    const controller = new AbortController()
    const request = server.fetch(`${server.url}/Users`, { signal: controller.signal })
    controller.abort(new Error('enough'))
    await expect(request).rejects.toThrow('enough')
    server.failNext({ delay: 1 })
    expect((await server.fetch(`${server.url}/Users`)).status).toBe(200)
  })

  it('begins with a seed and goes back to it', async () => {
    const server = createMockServer({
      seed: {
        Group: [{ displayName: 'Admins', members: [{ value: 'ada' }] }],
        User: [{ id: 'ada', userName: 'ada' }],
      },
    })
    const scim = connect(server)
    expect(await scim.users.get('ada')).toMatchObject({ groups: [{ display: 'Admins' }] })
    await scim.users.delete('ada')
    server.failNext({ status: 500 })
    server.reset()
    expect(server.requests).toEqual([])
    expect(await scim.users.get('ada')).toMatchObject({ userName: 'ada' })
  })

  it('begins with sample users', async () => {
    const server = createMockServer({ seed: 12 })
    const scim = connect(server)
    const names = []
    for await (const user of scim.users.list()) names.push(user.userName)
    expect(new Set(names).size).toBe(12)
  })

  it('is told when the seed is wrong', async () => {
    expect(() => createMockServer({ seed: { Device: [] } })).toThrow('Device is not served')
    expect(() => createMockServer({ seed: -1 })).toThrow(TypeError)
    expect(() => createMockServer({ seed: { User: [null] } as never })).toThrow('User[0]')
    const server = createMockServer({ seed: { User: [{ userName: 'ada' }, { userName: 'ADA' }] } })
    await expect(server.ready()).rejects.toThrow(/User\[1\] is refused: .*userName/)
  })

  it('is told of an option that there is not', () => {
    const options = { tokens: 'a' } as object
    expect(() => createMockServer(options)).toThrow('tokens is not an option; the options are resources, basePath')
  })

  it('is told what options must be', () => {
    expect(() => createMockServer({ resources: userResource } as never)).toThrow(
      'resources must be a list of definitions',
    )
    expect(() => createMockServer(null as never)).toThrow('createMockServer takes an object of options')
  })

  it('serves definitions of its own', async () => {
    const server = createMockServer({ resources: [userResource.extend(enterpriseUser)] })
    const types = await (await server.fetch(`${server.url}/ResourceTypes`)).json()
    expect(types).toMatchObject({ totalResults: 1 })
    expect((await server.fetch(`${server.url}/Groups`)).status).toBe(404)
  })
})

describe('a server that listens', () => {
  it('answers over the network, with the same data and the same record', async () => {
    const server = createMockServer()
    const { url, port } = await server.listen()
    try {
      expect(server.url).toBe(url)
      expect(url).toBe(`http://127.0.0.1:${port}/scim/v2`)
      const scim = createScimClient({ baseUrl: url, resources: { users: userResource } })
      const ada = await scim.users.create({ userName: 'ada' })
      expect(ada.meta?.location).toBe(`${url}/Users/${ada.id}`)
      expect(server.requests).toMatchObject([{ method: 'POST', path: '/Users', status: 201 }])
      await expect(server.listen()).rejects.toThrow('listens already')
    } finally {
      await server.close()
    }
    await expect(fetch(`${url}/Users`)).rejects.toThrow()
  })

  it('breaks connections when it is told to', async () => {
    const server = createMockServer()
    const { url } = await server.listen()
    try {
      server.failNext({ drop: true })
      await expect(fetch(`${url}/Users`)).rejects.toThrow()
      expect((await fetch(`${url}/Users`)).status).toBe(200)
    } finally {
      await server.close()
    }
  })

  it('answers open requests before it closes', async () => {
    const server = createMockServer()
    const { url } = await server.listen()
    server.failNext({ delay: 100 })
    const open = fetch(`${url}/Users`)
    while (server.requests.length === 0 && !(await settled(open, 20)));
    const closed = server.close()
    expect((await open).status).toBe(200)
    await closed
  })

  it('refuses pages of other origins, whatever name they call it by', async () => {
    const server = createMockServer()
    const { url, port } = await server.listen()
    try {
      expect((await fetch(`${url}/Users`, { headers: { origin: 'http://evil.example' } })).status).toBe(403)
      const { request } = await import('node:http')
      const status = await new Promise((resolve) => {
        request({ port, path: '/scim/v2/Users', headers: { host: `evil.example:${port}` } }, (response) => {
          response.resume()
          resolve(response.statusCode)
        }).end()
      })
      expect(status).toBe(403)
      expect(server.requests).toEqual([])
    } finally {
      await server.close()
    }
  })
})

async function settled(promise: Promise<unknown>, milliseconds: number): Promise<boolean> {
  return Promise.race([
    promise.then(() => true),
    new Promise<false>((resolve) => setTimeout(resolve, milliseconds, false)),
  ])
}
