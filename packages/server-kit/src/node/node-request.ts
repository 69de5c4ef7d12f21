import type { IncomingMessage, ServerResponse } from 'node:http'
import type { IncomingRequest } from '../service/request-context.js'
import { readNodeBody } from './read-node-body.js'
import { NodeRequest, readHeader } from './web-request.js'

/**
 * Reads a request of Node's HTTP server; its web form is built only when more than its method, URL and headers is
 * asked for.
 *
 * @param message Request as Node gives it; in Express `originalUrl` holds the whole path.
 * @param response Response, whose closing tells that the client has gone.
 * @returns The request in the handler's form.
 */
export function fromNode(message: IncomingMessage, response: ServerResponse): IncomingRequest {
  return new NodeIncoming(message, response)
}

class NodeIncoming implements IncomingRequest {
  readonly method: string
  readonly target: string
  readonly #message: IncomingMessage
  readonly #response: ServerResponse
  #abort: AbortController | undefined
  #request: Request | undefined

  constructor(message: IncomingMessage, response: ServerResponse) {
    this.method = message.method ?? 'GET'
    this.target = toTarget((message as { originalUrl?: string }).originalUrl ?? message.url ?? '/') // Express sets it
    this.#message = message
    this.#response = response
  }

  get origin(): string {
    const secure = (this.#message.socket as { encrypted?: boolean }).encrypted === true // TLSSocket sets it
    return `${secure ? 'https' : 'http'}://${hostOf(this.#message)}`
  }

  get signal(): AbortSignal {
    this.#abort ??= abortOnClose(this.#response)
    return this.#abort.signal
  }

  get request(): Request {
    this.#request ??= new NodeRequest(this.#message, this) as unknown as Request // it hands over to a true Request for the rest
    return this.#request
  }

  header(name: string): string | null {
    return readHeader(this.#message, name)
  }

  readBytes(limit: number): Promise<Uint8Array> {
    return readNodeBody(this.#message, this.#response, limit)
  }
}

/** A proxy may send the whole URL; dot segments are resolved as the web's Request resolves them. */
function toTarget(url: string): string {
  if (url.startsWith('/') && !/\/\.|\\|%2e/i.test(url)) return url
  try {
    const { pathname, search } = new URL(url, 'http://localhost')
    return pathname + search
  } catch {
    return url
  }
}

/** A Host header with other characters would turn locations into something else; the local address takes its place. */
function hostOf(message: IncomingMessage): string {
  const { host } = message.headers
  if (host !== undefined && /^[A-Za-z0-9.\-_~:[\]]+$/.test(host)) return host
  const { localAddress = 'localhost', localPort } = message.socket
  return `${localAddress.includes(':') ? `[${localAddress}]` : localAddress}:${localPort}`
}

function abortOnClose(response: ServerResponse): AbortController {
  const controller = new AbortController()
  if (response.destroyed) controller.abort()
  else response.once('close', () => !response.writableFinished && controller.abort())
  return controller
}
