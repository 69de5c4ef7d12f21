import { readStream } from './read-stream.js'

/**
 * What the handler reads of a request, whatever platform it came from. The web form costs more than the whole
 * remaining work of a small GET, so that a platform gives it only when somebody asks for it.
 */
export interface IncomingRequest {
  /** Method in upper case. */
  readonly method: string
  /** Path and query as sent, such as `/scim/v2/Users?count=1`. */
  readonly target: string
  /** Scheme and host that the request was sent to, such as `https://app.example.com`. */
  readonly origin: string
  /** Aborted when the client has gone. */
  readonly signal: AbortSignal
  /** The request in its web form. */
  readonly request: Request
  /** Body of an operation within a bulk request, parsed already; absent elsewhere. */
  readonly json?: unknown
  /** Whether nobody reads the body of an answer that tells of a success, as within a bulk request. */
  readonly headersOnly?: boolean
  /** Whether it takes back what another operation of the same bulk request did. */
  readonly isUndo?: boolean
  /**
   * @param name Name in lower case.
   * @returns The value; several values of one name are joined by a comma.
   */
  header(name: string): string | null
  /**
   * Reads the body and stops as soon as it is larger than allowed.
   *
   * @param limit Largest size, bytes.
   * @returns The bytes; empty without a body.
   * @throws {ScimError} 413.
   */
  readBytes(limit: number): Promise<Uint8Array>
}

/**
 * Reads a web-standard request.
 *
 * @param request Request as the platform gives it.
 * @returns The same request in the handler's form; no URL is parsed and nothing is copied.
 */
export function fromRequest(request: Request): IncomingRequest {
  return new WebRequest(request)
}

class WebRequest implements IncomingRequest {
  readonly request: Request
  readonly method: string
  readonly target: string
  readonly origin: string

  constructor(request: Request) {
    const { url } = request
    const hostEnd = url.indexOf('/', url.indexOf('://') + 3)
    const fragment = url.indexOf('#')
    this.request = request
    this.method = request.method
    this.target = hostEnd < 0 ? '/' : url.slice(hostEnd, fragment < 0 ? undefined : fragment)
    this.origin = hostEnd < 0 ? url : url.slice(0, hostEnd)
  }

  get signal(): AbortSignal {
    return this.request.signal
  }

  header(name: string): string | null {
    return this.request.headers.get(name)
  }

  readBytes(limit: number): Promise<Uint8Array> {
    return readStream(this.request.body, limit)
  }
}
