import type { IncomingRequest } from '../service/request-context.js'
import { readStream } from './read-bytes.js'

/**
 * Reads a web-standard request.
 *
 * @param request Request as the platform passes it.
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
