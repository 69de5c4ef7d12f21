import { createServer, request as httpRequest, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { groupResource, urns, userResource } from '@scimkit/core'
import express from 'express'
import fastify from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import { toExpress } from '../src/express.js'
import { toFastify } from '../src/fastify.js'
import { bearerToken, createScimHandler, memoryStore, mount, type ScimHandler } from '../src/index.js'
import { toNextRoute } from '../src/next.js'
import { toNodeListener } from '../src/node.js'

/** A handler behind one adapter: sends a request to a path below the origin. */
interface Behind {
  readonly send: (path: string, init?: RequestInit & { duplex?: 'half' }) => Promise<Response>
  /** Absent where there is no socket. */
  readonly origin?: string
}

const token = 'a-token-of-at-least-32-characters'
const closing: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

function createHandler(): ScimHandler {
  const store = memoryStore()
  return createScimHandler({
    basePath: '/scim/v2',
    resources: [mount(userResource, store), mount(groupResource, store)],
    authenticate: bearerToken(token),
    limits: { maxBodyBytes: 4_096 },
  })
}

async function listen(listener: RequestListener): Promise<Behind> {
  const server: Server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(() => resolve()))
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // a TCP server has an AddressInfo
  return { origin, send: (path, init) => fetch(origin + path, withToken(init)) }
}

async function listenFastify(): Promise<Behind> {
  const app = fastify()
  await app.register(toFastify(createHandler()), { prefix: '/scim/v2' })
  const origin = await app.listen({ port: 0, host: '127.0.0.1' })
  closing.push(() => app.close())
  return { origin, send: (path, init) => fetch(origin + path, withToken(init)) }
}

function routeOfNext(): Behind {
  const route = toNextRoute(createHandler())
  return {
    send(path, init) {
      const request = new Request(`http://localhost:3000${path}`, withToken(init))
      return route[request.method as keyof typeof route](request) // the tests use methods that Next.js knows
    },
  }
}

function withToken(init: RequestInit = {}): RequestInit {
  const headers = new Headers(init.headers)
  if (!headers.has('authorization')) headers.set('authorization', `Bearer ${token}`)
  if (init.body && !headers.has('content-type')) headers.set('content-type', 'application/scim+json')
  return { ...init, headers }
}

const adapters: readonly { name: string; start: () => Behind | Promise<Behind> }[] = [
  {
    name: 'fetch',
    start: () => ({
      send: (path, init) => createHandlerOnce().fetch(new Request(`http://localhost${path}`, withToken(init))),
    }),
  },
  { name: 'node', start: () => listen(toNodeListener(createHandler())) },
  { name: 'a handler wrapped by another fetch', start: () => listen(toNodeListener(wrap(createHandler()))) },
  { name: 'express', start: () => listen(express().use('/scim/v2', toExpress(createHandler()))) },
  {
    name: 'express behind a body parser',
    start: () =>
      listen(
        express()
          .use(express.json({ type: '*/json' }))
          .use(express.json({ type: '*/scim+json' }))
          .use('/scim/v2', toExpress(createHandler())),
      ),
  },
  { name: 'fastify', start: listenFastify },
  { name: 'next', start: routeOfNext },
]

let once: ScimHandler | undefined
function createHandlerOnce(): ScimHandler {
  once ??= createHandler()
  return once
}
afterEach(() => {
  once = undefined
})

function wrap(handler: ScimHandler): ScimHandler {
  return { fetch: (request) => handler.fetch(request) }
}

describe.each(adapters)('behind $name', ({ name, start }) => {
  const create = (behind: Behind, userName = 'ada', init: RequestInit = {}) =>
    behind.send('/scim/v2/Users', { method: 'POST', body: JSON.stringify({ schemas: [urns.user], userName }), ...init })

  it('creates, reads, replaces, patches and deletes', async () => {
    const behind = await start()
    const created = await create(behind)
    expect(created.status).toBe(201)
    const { id, meta } = await created.json()
    expect(created.headers.get('location')).toBe(meta.location)
    const path = `/scim/v2/Users/${id}`
    expect(new URL(meta.location).pathname).toBe(path)
    expect((await behind.send(path)).status).toBe(200)
    const replaced = await behind.send(path, {
      method: 'PUT',
      body: JSON.stringify({ schemas: [urns.user], userName: 'ada', title: 'Dr' }),
    })
    expect(await replaced.json()).toMatchObject({ title: 'Dr' })
    const operations = {
      schemas: [urns.patchOp],
      Operations: [{ op: 'remove', path: 'title' }],
    }
    const patched = await behind.send(path, { method: 'PATCH', body: JSON.stringify(operations) })
    expect(await patched.json()).not.toHaveProperty('title')
    const deleted = await behind.send(path, { method: 'DELETE' })
    expect([deleted.status, await deleted.text()]).toEqual([204, ''])
    expect((await behind.send(path)).status).toBe(404)
  })

  it('answers HEAD as GET without a body', async () => {
    const behind = await start()
    const { id } = await (await create(behind)).json()
    const head = await behind.send(`/scim/v2/Users/${id}`, { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
    expect(head.headers.get('etag')).toBe('W/"1"')
  })

  it.each([
    '/scim/v2/Users',
    '/scim/v2/Users/',
    '/scim/v2/%55sers',
    '/scim/v2/Users?count=1&filter=userName%20eq%20%22ada%22',
    '/scim/v2/Users?filter=userName+eq+%22ada%22',
  ])('finds the user at %s', async (path) => {
    const behind = await start()
    await create(behind)
    expect(await (await behind.send(path)).json()).toMatchObject({ totalResults: 1 })
  })

  const refusals = [
    { path: '/scim/v2/Nothing', status: 404 },
    { path: '/scim/v2/Users/%2e%2e%2fGroups', status: 404 },
    { path: '/scim/v2/Users/a%2Fb', status: 404 },
    { path: '/scim/v2/Users/%zz', status: 400 },
    { path: '/scim/v2/Users/none', status: 404 },
  ]
  // Fastify's own router answers broken percent-encoding, before any plug-in sees the request.
  const reached = refusals.filter(({ path }) => name !== 'fastify' || !path.includes('%zz'))
  it.each(reached)('answers $path with a SCIM error $status', async ({ path, status }) => {
    const response = await (await start()).send(path)
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe('application/scim+json')
    expect(await response.json()).toMatchObject({ status: String(status), detail: expect.any(String) })
  })

  it('answers 401 without a token, with the challenge', async () => {
    const response = await (await start()).send('/scim/v2/Users', { headers: { authorization: 'Bearer wrong' } })
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/)
  })

  it('answers 405 with the methods that are allowed', async () => {
    const response = await (await start()).send('/scim/v2/Users', { method: 'DELETE' })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toContain('POST')
  })

  it('takes application/json, and no other type', async () => {
    const behind = await start()
    const json = await create(behind, 'ada', { headers: { 'content-type': 'application/json; charset=utf-8' } })
    expect(json.status).toBe(201)
    const text = await create(behind, 'eve', { headers: { 'content-type': 'text/plain' } })
    expect(text.status).toBe(415)
  })

  it('keeps letters of every script', async () => {
    const created = await (await create(await start(), 'Ådå Λόβελεϊς 🦊')).json()
    expect(created.userName).toBe('Ådå Λόβελεϊς 🦊')
  })

  it('refuses a body that is larger than the limit', async () => {
    const response = await create(await start(), 'x'.repeat(10_000))
    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({ status: '413' })
  })

  it('answers a conditional request', async () => {
    const behind = await start()
    const { id } = await (await create(behind)).json()
    const path = `/scim/v2/Users/${id}`
    const fresh = await behind.send(path, { headers: { 'if-none-match': 'W/"1"' } })
    expect([fresh.status, await fresh.text()]).toEqual([304, ''])
    const stale = await behind.send(path, { method: 'DELETE', headers: { 'if-match': 'W/"9"' } })
    expect(stale.status).toBe(412)
  })

  it('reads a body that comes in pieces without a length', async () => {
    const behind = await start()
    const pieces = ['{"user', 'Name":"', 'ada","schemas":["', urns.user, '"]}'].map((piece) =>
      new TextEncoder().encode(piece),
    )
    const body = new ReadableStream({
      async pull(controller) {
        const piece = pieces.shift()
        if (piece) controller.enqueue(piece)
        else controller.close()
      },
    })
    const response = await behind.send('/scim/v2/Users', { method: 'POST', body, duplex: 'half' })
    expect(response.status).toBe(201)
  })

  it('goes on after a client went away in the middle of its body', async () => {
    const behind = await start()
    if (behind.origin) await breakOff(`${behind.origin}/scim/v2/Users`)
    expect((await create(behind)).status).toBe(201)
    expect(await (await behind.send('/scim/v2/Users')).json()).toMatchObject({ totalResults: 1 })
  })
})

/** Sends half a body and cuts the connection. */
function breakOff(url: string): Promise<void> {
  return new Promise((resolve) => {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/scim+json',
      'content-length': '100',
    }
    const sending = httpRequest(url, { method: 'POST', headers })
    sending.on('error', () => undefined)
    sending.on('close', () => resolve())
    sending.write('{"userName":"eve"', () => setTimeout(() => sending.destroy(), 20))
  })
}
