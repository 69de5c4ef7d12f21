import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ScimResponse } from '../service/request-context.js'
import { type DirectHandler, respondDirectly, type ScimHandler } from '../service/scim-handler.js'
import { fromNode } from './node-request.js'
import { respondThroughFetch } from './respond-through-fetch.js'
import { endLeaving, leavesBody } from './unread-body.js'

/**
 * Turns a handler into a listener for Node's HTTP and HTTPS servers.
 *
 * @param handler Handler, or anything with `fetch`.
 * @returns For `createServer`.
 * @example
 * createServer(toNodeListener(scim)).listen(8080)
 */
export function toNodeListener(handler: ScimHandler): (message: IncomingMessage, response: ServerResponse) => void {
  const answer = (handler as Partial<DirectHandler>)[respondDirectly] // absent on a handler that is wrapped
  return (message, response) => {
    const incoming = fromNode(message, response)
    const sending = answer
      ? answer(incoming).then((given) => send(given, message, response))
      : respondThroughFetch((request) => handler.fetch(request), message, response, incoming)
    sending.catch(() => response.destroy()) // only a foreign fetch, or a client that has gone, gets here
  }
}

function send(
  { status, headers, body, pieces }: ScimResponse,
  message: IncomingMessage,
  response: ServerResponse,
): void | Promise<void> {
  if (response.destroyed) return
  const leaving = leavesBody(message, response)
  if (pieces) {
    response.writeHead(status, headers)
    return writePieces(pieces, response)
  }
  if (body !== undefined) headers['content-length'] = String(Buffer.byteLength(body))
  response.writeHead(status, headers)
  if (!leaving) {
    response.end(body)
    return
  }
  if (body === undefined) response.flushHeaders()
  else response.write(body)
  endLeaving(message, response)
}

/** Sends text that is read while it is sent, no faster than the client takes it; a failure leaves the response unfinished. */
async function writePieces(pieces: AsyncGenerator<string, void, undefined>, response: ServerResponse): Promise<void> {
  for await (const piece of pieces) {
    if (!response.destroyed && !response.write(piece)) await takenOrGone(response)
    if (response.destroyed) return // which ends the reading as well
  }
  response.end()
}

function takenOrGone(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      response.off('drain', go).off('close', go)
      resolve()
    }
    response.once('drain', go).once('close', go)
  })
}
