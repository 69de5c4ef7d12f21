import { ScimError } from '@scimkit/core/schema'
import { listen as listenOn, toNodeListener } from '@scimkit/server-kit/node'
import { answerError } from './answer-error.js'
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
    async fetch(request) {
      if (request.headers.get('host')?.includes(',')) return answerers.answer(request) // which refuses two of them
      if (local && !isLocalRequest(request)) return refuseForeign()
      if (inspector && isRoot(request)) return new Response(null, { status: 302, headers: { location: inspectorPath } })
      return (inspector && answerers.inspect(request)) || answerers.answer(request)
    },
  })
  const server = await listenOn(answer, { host, port })
  return {
    url: server.url + basePath,
    port: server.port,
    inspectorUrl: inspector ? server.url + inspectorPath : undefined,
    close: () => server.close(),
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
function isLocalRequest({ headers }: Request): boolean {
  const host = headers.get('host') ?? ''
  const origin = headers.get('origin')
  const site = headers.get('sec-fetch-site') ?? 'none'
  if (!isLoopback(host.replace(/:\d+$/, ''))) return false
  if (site !== 'none' && site !== 'same-origin') return false
  return origin === null || origin === `http://${host}`
}

function isRoot({ method, url }: Request): boolean {
  return method === 'GET' && new URL(url).pathname === '/'
}

function refuseForeign(): Response {
  const detail =
    'This server answers local programs alone, under the address that it printed. Behind a tunnel or a proxy start it with --host 0.0.0.0 and a --token (listen({ host }) in a program)'
  return answerError(new ScimError(403, detail))
}
