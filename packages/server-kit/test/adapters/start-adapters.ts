import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { groupResource, userResource } from '@scimkit/core'
import express from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'
import { toExpress } from '../../src/express.js'
import { toFastify } from '../../src/fastify.js'
import {
  bearerToken,
  createScimHandler,
  memoryStore,
  mount,
  type ResourceStore,
  type ScimHandler,
} from '../../src/index.js'
import { toNextRoute } from '../../src/next.js'
import { toNodeListener } from '../../src/node.js'
import { watchStore } from './watch-store.js'

/** Secret of the tests' only caller. */
export const token = 'a-token-of-at-least-32-characters'

/** Largest body that the handlers of these tests take, bytes. */
export const maxBodyBytes = 16_384

/** What a request is sent with. */
export type Init = RequestInit & { readonly duplex?: 'half' }

/** A running handler behind one adapter. */
export interface Behind {
  /** Sends a request to a path below the service root, with the token and SCIM's media type unless it brings others. */
  send(path: string, init?: Init): Promise<Response>
  /** Scheme, host and port; absent where there is no socket. */
  readonly origin?: string
  /** The store that the handler writes to. */
  readonly store: ResourceStore
  /** Ids that new resources get before random ones. */
  readonly ids: string[]
  /** What stores were told about a request for the resource `waiting`, which is answered only when its client leaves. */
  readonly waiting: { asked: number; aborted: number }
  close(): Promise<void>
}

/** One way to put a handler to work. */
export interface Adapter {
  readonly name: string
  /** Path of the service root. */
  readonly basePath: string
  /** Whether requests come through a socket. */
  readonly sockets: boolean
  /** Whether a parser in front of the adapter reads the bodies, by rules of its own. */
  readonly parsed?: boolean
  start(limit?: number): Promise<Behind>
}

interface Parts extends Omit<Behind, 'send' | 'origin' | 'close'> {
  readonly handler: ScimHandler
}

function createParts(basePath: string, limit: number): Parts {
  const ids: string[] = []
  const waiting = { asked: 0, aborted: 0 }
  const store = watchStore(memoryStore(), waiting)
  const handler = createScimHandler({
    basePath,
    resources: [mount(userResource, store), mount(groupResource, store)],
    authenticate: bearerToken(token),
    limits: { maxBodyBytes: limit },
    createId: () => ids.shift() ?? crypto.randomUUID(),
    onError: () => undefined,
  })
  return { handler, store, ids, waiting }
}

function toRequestInit(init: Init = {}): Init {
  const headers = new Headers(init.headers)
  if (!headers.has('authorization')) headers.set('authorization', `Bearer ${token}`)
  if (init.body && !headers.has('content-type')) headers.set('content-type', 'application/scim+json')
  return { ...init, headers }
}

function onSockets(
  name: string,
  toListener: (handler: ScimHandler, basePath: string) => RequestListener,
  { root = '/scim/v2', parsed = false } = {},
): Adapter {
  const basePath = root === '/' ? '' : root
  const start = async (limit = maxBodyBytes): Promise<Behind> => {
    const { handler, ...parts } = createParts(root, limit)
    const server = createServer(toListener(handler, root))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // a TCP server has an AddressInfo
    const close = (): Promise<void> => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    }
    return { ...parts, origin, close, send: (path, init) => fetch(origin + basePath + path, toRequestInit(init)) }
  }
  return { name, basePath, sockets: true, parsed, start }
}

function onFastify(name: string, basePath: string, scoped: boolean): Adapter {
  const start = async (limit = maxBodyBytes): Promise<Behind> => {
    const { handler, ...parts } = createParts(basePath, limit)
    const app = fastify({ forceCloseConnections: true })
    if (scoped) {
      await app.register(async (tenant) => void tenant.register(toFastify(handler), { prefix: '/scim' }), {
        prefix: basePath.slice(0, -'/scim'.length),
      })
    } else await app.register(toFastify(handler), { prefix: basePath })
    const origin = await app.listen({ port: 0, host: '127.0.0.1' })
    const close = async (): Promise<void> => void (await app.close())
    return { ...parts, origin, close, send: (path, init) => fetch(origin + basePath + path, toRequestInit(init)) }
  }
  return { name, basePath, sockets: true, start }
}

function withoutSockets(
  name: string,
  toFetch: (handler: ScimHandler) => (request: Request) => Promise<Response>,
): Adapter {
  const basePath = '/scim/v2'
  const start = async (limit = maxBodyBytes): Promise<Behind> => {
    const { handler, ...parts } = createParts(basePath, limit)
    const send = toFetch(handler)
    return {
      ...parts,
      close: () => Promise.resolve(),
      send: (path, init) => send(new Request(`http://localhost:3000${basePath}${path}`, toRequestInit(init))),
    }
  }
  return { name, basePath, sockets: false, start }
}

/** Every way that the README names. */
export const adapters: readonly Adapter[] = [
  withoutSockets('fetch, as Bun, Deno and Workers take it', (handler) => handler.fetch),
  withoutSockets('Hono', (handler) => {
    const app = new Hono().all('/scim/v2/*', (context) => handler.fetch(context.req.raw))
    return async (request) => app.fetch(request)
  }),
  withoutSockets('route handlers of Next.js', (handler) => {
    const route = toNextRoute(handler)
    return (request) => route[request.method as keyof typeof route](request) // the tests use methods that Next.js knows
  }),
  onSockets('a Node server', (handler) => toNodeListener(handler)),
  onSockets('a Node server at the root', (handler) => toNodeListener(handler), { root: '/' }),
  onSockets('a Node server, the handler wrapped by another fetch', ({ fetch: inner }) =>
    toNodeListener({ fetch: (request) => inner(request) }),
  ),
  onSockets('Express', (handler, basePath) => express().use(basePath, toExpress(handler))),
  onSockets(
    'Express, within a router of its own',
    (handler) => express().use('/api', express.Router().use('/tenants/scim', toExpress(handler))),
    { root: '/api/tenants/scim' },
  ),
  onSockets(
    'Express behind a body parser',
    (handler, basePath) =>
      express()
        .use(express.json({ type: ['*/json', '*/scim+json'], limit: '10mb' }))
        .use(basePath, toExpress(handler)),
    { parsed: true },
  ),
  onFastify('Fastify', '/scim/v2', false),
  onFastify('Fastify, within a scope of its own', '/api/tenants/scim', true),
]
