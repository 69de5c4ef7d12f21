import type { IncomingMessage } from 'node:http'
import type { IncomingRequest } from '../service/request-context.js'

/**
 * The part of Request that `authenticate` mostly needs, over Node's own request: building a true one costs more than
 * the rest of a small GET. Everything else goes to a true one.
 */
export class NodeRequest {
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
    return readHeader(this.#message, name.toLowerCase())
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

/**
 * Reads a header of Node's request. Node keeps the first of two Authorization or Host headers; here both are seen, so
 * that they can be refused.
 *
 * @param message Request as Node gives it.
 * @param name Name in lower case.
 * @returns The value; several values are joined by a comma.
 */
export function readHeader({ headers, rawHeaders }: IncomingMessage, name: string): string | null {
  if (name !== 'authorization' && name !== 'host') {
    const value = headers[name]
    return value === undefined ? null : Array.isArray(value) ? value.join(', ') : value
  }
  let found: string | null = null
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const given = rawHeaders[index]
    if (given?.length !== name.length || given.toLowerCase() !== name) continue
    const value = rawHeaders[index + 1] ?? ''
    found = found === null ? value : `${found}, ${value}`
  }
  return found
}
