import { createServer, type RequestListener, type Server, type ServerOptions, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, ListenOptions as NetListenOptions } from 'node:net'
import { checkNames } from '../check-names.js'
import { toNodeListener } from '../node/to-node-listener.js'
import { toContinueListener } from '../node/unread-body.js'
import type { ScimHandler } from '../service/scim-handler.js'
import { keepCertificate, type PemPair, type TlsOptions } from './keep-certificate.js'
import { prepareClosing } from './prepare-closing.js'

/** How long a client may take, milliseconds each; 0 switches one off. */
export interface ListenTimeouts {
  /** From the first byte of a connection's request to the last of its headers. Default 10,000. */
  readonly headers?: number | undefined
  /** For the whole request, its body included. Default 60,000. */
  readonly request?: number | undefined
  /** That a connection is kept for the next request. Default 65,000, above what load balancers keep theirs. */
  readonly keepAlive?: number | undefined
  /** Without a byte in either direction while a request is open. Default 120,000. */
  readonly idle?: number | undefined
  /** That `close` gives open requests, before their connections are cut. Default 10,000. */
  readonly grace?: number | undefined
}

/** Where and how to listen. */
export interface ListenOptions {
  /** Address or name of the interface. Default `127.0.0.1`: this machine alone. */
  readonly host?: string | undefined
  /** Port; 0, the default, takes a free one. */
  readonly port?: number | undefined
  /** Connections that the system holds until they are accepted, as far as it allows (`somaxconn`). Default 2,048. */
  readonly backlog?: number | undefined
  /** Certificate for HTTPS; absent for plain HTTP, such as behind a proxy. */
  readonly tls?: TlsOptions | undefined
  readonly timeouts?: ListenTimeouts | undefined
}

/** A server that listens. */
export interface ScimListener {
  /** Origin, such as `https://127.0.0.1:8443`. */
  readonly url: string
  readonly port: number
  /**
   * Takes another certificate at once, without waiting for its files to be looked at; connections that are open keep
   * theirs.
   *
   * @param pair Certificate and key in PEM; the files are read again when absent.
   * @throws {TypeError} When the server has no certificate, or certificate and key do not fit; the old one is kept.
   */
  reload(pair?: PemPair): Promise<void>
  /**
   * Takes no more connections, answers open requests, and closes the connections that wait for a next one. What is still
   * open after the grace time is cut.
   */
  close(): Promise<void>
}

/**
 * Serves a handler over HTTP or HTTPS, with time-outs against clients that hold connections, certificates that change
 * while it runs, and an end that cuts no answer.
 *
 * @param handler Handler, or a listener of Node's.
 * @param options Where, with which certificate, and how patiently.
 * @returns The listening server.
 * @throws {TypeError} When certificate and key do not fit, or an option does not exist.
 * @throws {Error} When the address cannot be listened on; Node's error with its `code`.
 * @example
 * const server = await listen(scim, { host: '0.0.0.0', port: 8443, tls: { certFile: 'tls.crt', keyFile: 'tls.key' } })
 * process.once('SIGTERM', () => server.close())
 */
export async function listen(
  handler: ScimHandler | RequestListener,
  options: ListenOptions = {},
): Promise<ScimListener> {
  checkNames('listen: ', options, ['host', 'port', 'backlog', 'tls', 'timeouts'])
  checkNames('listen: timeouts.', options.timeouts ?? {}, ['headers', 'request', 'keepAlive', 'idle', 'grace'])
  const { host = '127.0.0.1', port = 0, backlog = 2_048, tls } = options
  if (!Number.isSafeInteger(backlog) || backlog < 1)
    throw new TypeError('listen: backlog must be a whole number from 1')
  const { idle = 120_000, grace = 10_000, ...slow } = options.timeouts ?? {}
  const answer = typeof handler === 'function' ? handler : toNodeListener(handler)
  const certificate = tls && (await keepCertificate(tls))
  const server = certificate
    ? createTlsServer({ ...certificate.options, ...toServerOptions(slow) }, answer)
    : createServer(toServerOptions(slow), answer)
  server.timeout = idle
  server.on('checkContinue', toContinueListener(answer))
  if (certificate) server.prependListener('request', stayWithHttps).prependListener('checkContinue', stayWithHttps)
  const close = prepareClosing(server, grace)
  await open(server, { host, port, backlog })
  certificate?.watch((context) => 'setSecureContext' in server && server.setSecureContext(context))
  const { port: taken } = server.address() as AddressInfo // it listens on a port, not on a pipe
  return {
    url: `${certificate ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    port: taken,
    async reload(pair) {
      if (!certificate) throw new TypeError('reload: the server has no certificate')
      await certificate.reload(pair)
    },
    close() {
      certificate?.unwatch()
      return close()
    },
  }
}

/** @see https://www.rfc-editor.org/rfc/rfc6797#section-7.1 */
function stayWithHttps(_: unknown, response: ServerResponse): void {
  response.setHeader('strict-transport-security', 'max-age=31536000')
}

function toServerOptions({ headers = 10_000, request = 60_000, keepAlive = 65_000 }: ListenTimeouts): ServerOptions {
  return {
    headersTimeout: headers,
    requestTimeout: request,
    keepAliveTimeout: keepAlive,
    // How often Node looks for connections that took too long: its own half minute would triple the time-outs.
    connectionsCheckingInterval: Math.max(100, Math.min(1_000, headers || 1_000, request || 1_000)),
  }
}

function open(server: Server, address: NetListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(address, () => {
      server.off('error', reject)
      resolve()
    })
  })
}
