import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import type { IncomingRequest } from '../service/request-context.js'
import { parsedBodyOf } from './read-node-body.js'
import { askForBody, endLeaving, leavesBody } from './unread-body.js'

/**
 * Answers through a true Request and Response: the way for a `fetch` that an application wrapped around the handler's.
 *
 * @param fetch Function from request to response.
 * @param message Request as Node gives it.
 * @param response Node's response.
 * @param incoming The request in the handler's form.
 */
export async function respondThroughFetch(
  fetch: (request: Request) => Promise<Response>,
  message: IncomingMessage,
  response: ServerResponse,
  incoming: IncomingRequest,
): Promise<void> {
  const answer = await fetch(toRequest(message, response, incoming))
  const headers: Record<string, string | string[]> = Object.fromEntries(answer.headers)
  const cookies = answer.headers.getSetCookie()
  if (cookies.length > 0) headers['set-cookie'] = cookies
  if (leavesBody(message, response)) {
    const body = new Uint8Array(await answer.arrayBuffer()) // a refusal is short; with its length the client knows its end
    response.writeHead(answer.status, { ...headers, 'content-length': body.byteLength })
    response.write(body)
    endLeaving(message, response)
    return
  }
  response.writeHead(answer.status, headers)
  if (answer.body)
    await pipeline(Readable.fromWeb(answer.body as NodeReadableStream), response) // the two declarations of one class
  else response.end()
}

function toRequest(message: IncomingMessage, response: ServerResponse, incoming: IncomingRequest): Request {
  const { method, origin, target, signal } = incoming
  const headers = new Headers()
  for (let index = 0; index < message.rawHeaders.length; index += 2) {
    headers.append(message.rawHeaders[index] ?? '', message.rawHeaders[index + 1] ?? '')
  }
  const init: RequestInit & { duplex: 'half' } = { method, headers, signal, duplex: 'half' }
  if (method !== 'GET' && method !== 'HEAD')
    init.body = (parsedBodyOf(message) as BodyInit | undefined) ?? toStream(message, response) // bytes are one, whatever memory they are in
  return new Request(origin + target, init)
}

/** A handler that stops reading still has to respond, so the connection must stay. */
function toStream(message: IncomingMessage, response: ServerResponse): ReadableStream<Uint8Array> {
  const chunks = message.iterator({ destroyOnReturn: false })
  return new ReadableStream(
    {
      async pull(controller) {
        askForBody(response)
        const { done, value } = await chunks.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      async cancel() {
        await chunks.return?.()
      },
    },
    { highWaterMark: 0 },
  )
}
