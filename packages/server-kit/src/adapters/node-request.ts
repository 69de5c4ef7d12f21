import type { IncomingMessage, ServerResponse } from 'node:http'
import type { IncomingRequest } from '../request/incoming-request.js'
import { bodyBroken, bodyTooLarge, joinChunks } from '../request/read-stream.js'

/**
 * Reads a request of Node's HTTP server; the web form of it is built only when somebody asks for more than its method,
 * URL and headers.
 *
 * @param message Request as Node gives it; in Express `originalUrl` holds the whole path.
 * @param response Response, whose closing tells that the client has gone.
 * @returns The request in the handler's form.
 */
export function fromNode(message: IncomingMessage, response: ServerResponse): IncomingRequest {
  const target = toTarget((message as { originalUrl?: string }).originalUrl ?? message.url ?? '/') // Express sets it
  const secure = (message.socket as { encrypted?: boolean }).encrypted === true // TLSSocket sets it
  const origin = `${secure ? 'https' : 'http'}://${hostOf(message)}`
  let abort: AbortController | undefined
  let request: Request | undefined
  const incoming: IncomingRequest = {
    method: message.method ?? 'GET',
    target,
    origin,
    header: (name) => headerOf(message, name),
    readBytes: (limit) => readParsedBody(message, limit) ?? readBytes(message, response, limit),
    get signal() {
      abort ??= abortOnClose(response)
      return abort.signal
    },
    get request() {
      request ??= new NodeRequest(message, incoming) as unknown as Request // it hands over to a true Request for the rest
      return request
    },
  }
  return incoming
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

/** What is no host by its letters would turn locations into something else; the local address takes its place. */
function hostOf(message: IncomingMessage): string {
  const { host } = message.headers
  if (host !== undefined && /^[A-Za-z0-9.\-_~:[\]]+$/.test(host)) return host
  const { localAddress = 'localhost', localPort } = message.socket
  return `${localAddress.includes(':') ? `[${localAddress}]` : localAddress}:${localPort}`
}

/** Node keeps the first of two Authorization headers; here both are seen, so that they can be refused. */
function headerOf({ headers, rawHeaders }: IncomingMessage, name: string): string | null {
  if (name !== 'authorization') {
    const value = headers[name]
    return value === undefined ? null : Array.isArray(value) ? value.join(', ') : value
  }
  let found: string | null = null
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (rawHeaders[index]?.toLowerCase() !== name) continue
    const value = rawHeaders[index + 1] ?? ''
    found = found === null ? value : `${found}, ${value}`
  }
  return found
}

function abortOnClose(response: ServerResponse): AbortController {
  const controller = new AbortController()
  if (response.destroyed) controller.abort()
  else response.once('close', () => !response.writableFinished && controller.abort())
  return controller
}

/** A parser in front of the adapter, such as `express.json()`, has read the stream and left its result. */
function readParsedBody(message: IncomingMessage, limit: number): Promise<Uint8Array> | undefined {
  const { body } = message as { body?: unknown } // where Express and its parsers put it
  if (!message.readableEnded || body === undefined) return undefined
  const bytes = body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  return bytes.byteLength > limit ? Promise.reject(bodyTooLarge(limit)) : Promise.resolve(bytes)
}

function readBytes(message: IncomingMessage, response: ServerResponse, limit: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    let size = 0
    const stop = (): void => {
      message.off('data', onData).off('end', onEnd).off('error', onBreak).off('close', onBreak)
    }
    const onData = (chunk: Uint8Array): void => {
      size += chunk.byteLength
      if (size <= limit) {
        chunks.push(chunk)
        return
      }
      stop()
      message.pause()
      response.setHeader('connection', 'close') // the rest of the body is not read, so the connection cannot go on
      reject(bodyTooLarge(limit))
    }
    const onEnd = (): void => {
      stop()
      resolve(joinChunks(chunks, size))
    }
    const onBreak = (cause?: unknown): void => {
      stop()
      message.on('error', () => undefined) // a connection may break more than once
      reject(bodyBroken(cause))
    }
    message.on('data', onData).once('end', onEnd).once('error', onBreak).once('close', onBreak)
  })
}

/**
 * The part of Request that `authenticate` mostly needs, over Node's own request: building a true one costs more than
 * the rest of a small GET. Everything else goes to a true one.
 */
class NodeRequest {
  readonly #message: IncomingMessage
  readonly #incoming: IncomingRequest
  #headers: Headers | undefined
  #request: Request | undefined

  constructor(message: IncomingMessage, incoming: IncomingRequest) {
    this.#message = message
    this.#incoming = incoming
  }

  get method(): string {
    return this.#incoming.method
  }

  get url(): string {
    return this.#incoming.origin + this.#incoming.target
  }

  get signal(): AbortSignal {
    return this.#incoming.signal
  }

  get headers(): Headers {
    this.#headers ??= new NodeHeaders(this.#message) as unknown as Headers // as above
    return this.#headers
  }

  /** A true request without the body, which is the handler's to read. */
  get full(): Request {
    const { method, url, signal } = this
    this.#request ??= new Request(url, { method, signal, headers: toHeaders(this.#message) })
    return this.#request
  }
}

class NodeHeaders {
  readonly #message: IncomingMessage
  #headers: Headers | undefined

  constructor(message: IncomingMessage) {
    this.#message = message
  }

  get(name: string): string | null {
    return headerOf(this.#message, name.toLowerCase())
  }

  has(name: string): boolean {
    return this.get(name) !== null
  }

  get full(): Headers {
    this.#headers ??= toHeaders(this.#message)
    return this.#headers
  }
}

function toHeaders({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers()
  for (let index = 0; index < rawHeaders.length; index += 2) {
    headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '')
  }
  return headers
}

/** Hands every other member of the web's class over to a true instance of it. */
function handOver(light: { readonly prototype: object }, web: { readonly prototype: object }): void {
  for (const name of Reflect.ownKeys(web.prototype)) {
    if (Object.hasOwn(light.prototype, name) || name === 'constructor') continue
    Object.defineProperty(light.prototype, name, {
      configurable: true,
      get(this: { readonly full: object }) {
        const value: unknown = Reflect.get(this.full, name)
        return typeof value === 'function' ? value.bind(this.full) : value
      },
    })
  }
  Object.setPrototypeOf(light.prototype, web.prototype)
}

handOver(NodeRequest, Request)
handOver(NodeHeaders, Headers)
