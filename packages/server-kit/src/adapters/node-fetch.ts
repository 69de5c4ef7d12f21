import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import type { IncomingRequest } from '../request/incoming-request.js'

/**
 * Answers through a true Request and Response: the way for a `fetch` that somebody wrapped around the handler's.
 *
 * @param fetch Function from request to response.
 * @param message Request as Node gives it.
 * @param response Node's response.
 * @param incoming The request in the handler's form.
 */
export async function answerThroughFetch(
  fetch: (request: Request) => Promise<Response>,
  message: IncomingMessage,
  response: ServerResponse,
  incoming: IncomingRequest,
): Promise<void> {
  const answer = await fetch(toRequest(message, incoming))
  const headers: Record<string, string | string[]> = Object.fromEntries(answer.headers)
  const cookies = answer.headers.getSetCookie()
  if (cookies.length > 0) headers['set-cookie'] = cookies
  response.writeHead(answer.status, headers)
  if (!answer.body) {
    response.end()
    return
  }
  await pipeline(Readable.fromWeb(answer.body as NodeReadableStream), response) // the two declarations of one class
}

function toRequest(message: IncomingMessage, incoming: IncomingRequest): Request {
  const { method, origin, target, signal } = incoming
  const headers = new Headers()
  for (let index = 0; index < message.rawHeaders.length; index += 2) {
    headers.append(message.rawHeaders[index] ?? '', message.rawHeaders[index + 1] ?? '')
  }
  const init: RequestInit & { duplex: 'half' } = { method, headers, signal, duplex: 'half' }
  if (method !== 'GET' && method !== 'HEAD') init.body = Readable.toWeb(message) as ReadableStream<Uint8Array> // as above
  return new Request(origin + target, init)
}
