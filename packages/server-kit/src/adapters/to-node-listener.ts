import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerDirectly, type DirectHandler, type ScimHandler } from '../create-scim-handler.js'
import type { ScimResponse } from '../request-context.js'
import { endLeaving, leavesBody } from './leave-body.js'
import { answerThroughFetch } from './node-fetch.js'
import { fromNode } from './node-request.js'
import { writePieces } from './write-pieces.js'

/**
 * Turns a handler into a listener for Node's HTTP and HTTPS servers.
 *
 * @param handler Handler, or anything with `fetch`.
 * @returns For `createServer`.
 * @example
 * createServer(toNodeListener(scim)).listen(8080)
 */
export function toNodeListener(handler: ScimHandler): (message: IncomingMessage, response: ServerResponse) => void {
  const answer = (handler as Partial<DirectHandler>)[answerDirectly] // absent on a handler that is wrapped
  return (message, response) => {
    const incoming = fromNode(message, response)
    const sending = answer
      ? answer(incoming).then((given) => send(given, message, response))
      : answerThroughFetch((request) => handler.fetch(request), message, response, incoming)
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
