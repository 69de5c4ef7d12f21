import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { toNodeListener } from '@scimkit/server-kit/node'
import { inspectorPath } from './inspector/answer-inspector.js'

/** Where to listen. */
export interface ListenOptions {
  /** Address or name of the interface; `127.0.0.1`. */
  readonly host?: string | undefined
  /** Port; 0, the default, takes a free one. */
  readonly port?: number | undefined
  /** Serves a page at `/inspector` that shows the requests; on loopback addresses alone. Default `false`. */
  readonly inspector?: boolean | undefined
}

/** A server that listens. */
export interface Listener {
  /** URL of the service root. */
  readonly url: string
  readonly port: number
  /** URL of the inspector's page, when it is served. */
  readonly inspectorUrl: string | undefined
  /** Takes no more connections, and ends when open requests are answered. */
  close(): Promise<void>
}

/** Who answers. */
export interface Answerers {
  /** The service provider; a request whose promise rejects finds its connection broken. */
  answer(request: Request): Promise<Response>
  /** The inspector; `undefined` for what is none of its requests. */
  inspect(request: Request): Response | undefined
}

/**
 * Serves a mock server over HTTP.
 *
 * On a loopback address it serves local programs alone: a page of another origin in a local browser is refused, whatever
 * name it has made point here.
 *
 * @param answerers Service provider and inspector.
 * @param basePath Path of the service root.
 * @param options Where to listen.
 * @returns The listening server.
 * @throws {Error} When the address cannot be listened on; Node's error with its `code`.
 */
export async function listen(answerers: Answerers, basePath: string, options: ListenOptions): Promise<Listener> {
  const { host = '127.0.0.1', port = 0 } = options
  const local = isLoopback(host)
  const inspector = local && options.inspector === true && !`${basePath}/`.startsWith(`${inspectorPath}/`)
  const answer = toNodeListener({
    fetch: async (request) => (inspector && answerers.inspect(request)) || answerers.answer(request),
  })
  const server = createServer((message, response) => {
    if (!local || isLocalRequest(message)) return answer(message, response)
    response.writeHead(403, { 'content-type': 'text/plain', connection: 'close' })
    response.end('This server answers local programs alone: use its address as it was printed, not from other pages\n')
  })
  // A client that keeps its connection must not keep the server: what becomes idle after the end is closed.
  server.on('request', (_, response) => {
    response.once('close', () => setImmediate(() => server.listening || server.closeIdleConnections()))
  })
  await open(server, host, port)
  const { port: taken } = server.address() as AddressInfo // it listens on a port, not on a pipe
  const origin = `http://${host.includes(':') ? `[${host}]` : host}:${taken}`
  return {
    url: origin + basePath,
    port: taken,
    inspectorUrl: inspector ? origin + inspectorPath : undefined,
    close: () => close(server),
  }
}

/**
 * Tells whether a host is this machine alone.
 *
 * @param host Address or name.
 */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host)
}

/** The name in Host gives away a page whose domain was made to point at this machine, the others one of another site. */
function isLocalRequest({ headers }: IncomingMessage): boolean {
  const { host = '', origin, 'sec-fetch-site': site = 'none' } = headers
  if (!isLoopback(host.replace(/:\d+$/, ''))) return false
  if (site !== 'none' && site !== 'same-origin') return false
  return origin === undefined || origin === `http://${host}`
}

function open(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()))
    server.closeIdleConnections()
  })
}
