import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ScimHandler } from '@scimkit/server-kit'
import { toNodeListener } from '@scimkit/server-kit/node'

/** Where to listen. */
export interface ListenOptions {
  /** Address or name of the interface; `127.0.0.1`. */
  readonly host?: string | undefined
  /** Port; 0, the default, takes a free one. */
  readonly port?: number | undefined
}

/** A server that listens. */
export interface Listener {
  /** URL of the service root. */
  readonly url: string
  readonly port: number
  /** Takes no more connections, and ends when open requests are answered. */
  close(): Promise<void>
}

/**
 * Serves a handler over HTTP.
 *
 * On a loopback address it serves local programs alone: a page of another origin in a local browser is refused, whatever
 * name it has made point here.
 *
 * @param handler Handler; a request whose promise rejects finds its connection broken.
 * @param basePath Path of the service root.
 * @param options Where to listen.
 * @returns The listening server.
 * @throws {Error} When the address cannot be listened on; Node's error with its `code`.
 */
export async function listen(handler: ScimHandler, basePath: string, options: ListenOptions): Promise<Listener> {
  const { host = '127.0.0.1', port = 0 } = options
  const answer = toNodeListener(handler)
  const local = isLoopback(host)
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
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}${basePath}`,
    port: taken,
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

/** The name in Host gives away a page whose domain was made to point at this machine; Origin one of another site. */
function isLocalRequest({ headers }: IncomingMessage): boolean {
  const { host = '', origin } = headers
  if (!isLoopback(host.replace(/:\d+$/, ''))) return false
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
