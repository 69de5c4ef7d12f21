import { ScimError } from '@scimkit/core/schema'
import { listen as listenOn, toNodeListener } from '@scimkit/server-kit/node'
import { protocolHeaders } from './failure-rules.js'
import { inspectorPath } from './inspector/serve-inspector.js'

/** Where to listen. */
export interface ListenOptions {
  /** Address or name of the interface; `127.0.0.1`. */
  readonly host?: string | undefined
  /** Port; 0, the default, picks a free one. */
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

/** What handles requests. */
export interface Handlers {
  /** The service provider; a request whose promise rejects finds its connection broken. */
  respond(request: Request): Promise<Response>
  /** The inspector; `undefined` for a request that is not its own. */
  inspect(request: Request): Response | undefined
}

/** Where the service root is. */
export interface ServiceRoot {
  readonly basePath: string
  /** URL under which clients reach it from elsewhere. */
  readonly baseUrl: string | undefined
}

/**
 * Serves a mock server over HTTP.
 *
 * On a loopback address it serves local programs alone: a page of another origin in a local browser is refused, whatever
 * name it has made point here. Requests to the host of `baseUrl` come through a tunnel and are answered, by the service
 * provider alone: the inspector shows what was recorded to this machine only.
 *
 * @param handlers Service provider and inspector.
 * @param root Path of the service root, and its URL elsewhere.
 * @param options Where to listen.
 * @returns The listening server.
 * @throws {Error} When the address cannot be listened on; Node's error with its `code`.
 */
export async function listen(handlers: Handlers, root: ServiceRoot, options: ListenOptions): Promise<Listener> {
  const { basePath } = root
  const elsewhere = findElsewhere(root)
  const { host = '127.0.0.1', port = 0 } = options
  const local = isLoopback(host)
  const inspector = local && options.inspector === true && !`${basePath}/`.startsWith(`${inspectorPath}/`)
  const onRequest = toNodeListener({
    async fetch(request) {
      if (request.headers.get('host')?.includes(',')) return handlers.respond(request) // which refuses two of them
      if (elsewhere && isMeantFor(elsewhere, request)) return handlers.respond(request)
      if (local && !isLocalRequest(request)) return refuseForeign()
      if (inspector && isRoot(request)) return new Response(null, { status: 302, headers: { location: inspectorPath } })
      return (inspector && handlers.inspect(request)) || handlers.respond(request)
    },
  })
  const server = await listenOn(onRequest, { host, port })
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
function isLocalRequest(request: Request): boolean {
  const host = request.headers.get('host') ?? ''
  return isLoopback(host.replace(/:\d+$/, '')) && isOfSite(`http://${host}`, request)
}

function findElsewhere({ baseUrl }: ServiceRoot): URL | undefined {
  const url = baseUrl === undefined ? undefined : new URL(baseUrl)
  return url && !isLoopback(url.hostname) ? url : undefined
}

function isMeantFor({ protocol, host, hostname, port, origin }: URL, request: Request): boolean {
  const given = request.headers.get('host')?.toLowerCase()
  const withPort = `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`
  return (given === host || given === withPort) && isOfSite(origin, request)
}

/** Programs send neither of the headers, pages of the site itself its own origin. */
function isOfSite(own: string, { headers }: Request): boolean {
  const site = headers.get('sec-fetch-site') ?? 'none'
  const origin = headers.get('origin')
  return (site === 'none' || site === 'same-origin') && (origin === null || origin === own)
}

function isRoot({ method, url }: Request): boolean {
  return method === 'GET' && new URL(url).pathname === '/'
}

function refuseForeign(): Response {
  const detail =
    'This server answers local programs only, under the address that it printed. Behind a tunnel start it with --base-url and the URL that clients use, on other machines with --host 0.0.0.0 and a --token (createMockServer({ baseUrl }) and listen({ host }) in a program)'
  return new Response(JSON.stringify(new ScimError(403, detail).toJSON()), { status: 403, headers: protocolHeaders })
}
