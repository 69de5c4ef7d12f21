import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'

const waiting = new WeakSet<ServerResponse>()

/**
 * Makes the listener for requests whose client asks before it sends its body. It is told to go on when the body is wanted;
 * so a request without valid credentials, or of a size that is refused, never sends it.
 *
 * @param answer Listener of requests.
 * @returns For the event `checkContinue`.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-10.1.1
 */
export function toContinueListener(answer: RequestListener): RequestListener {
  return (message: IncomingMessage, response: ServerResponse<IncomingMessage> & { req: IncomingMessage }) => {
    waiting.add(response)
    answer(message, response)
  }
}

function isWaiting(response: ServerResponse): boolean {
  return waiting.has(response)
}

/**
 * Tells a client that waits with its body to send it.
 *
 * @param response Response to its request.
 */
export function askForBody(response: ServerResponse): void {
  if (waiting.delete(response)) response.writeContinue()
}

/** Milliseconds that a client has for taking a response while it still sends, before the connection is cut. */
const lingering = 1_000

/** Bytes that Node may read away, so that the connection can go on. */
const readAway = 65_536

/**
 * Tells whether a request is answered before its body was read, so that the connection has to end with the response; the
 * header that says so is set then.
 *
 * @param message Request as Node gives it.
 * @param response Response whose head is not written.
 * @returns Whether {@link endLeaving} must end the response.
 */
export function leavesBody(message: IncomingMessage, response: ServerResponse): boolean {
  if (message.complete) return false
  const announced = Number(message.headers['content-length'] ?? Number.POSITIVE_INFINITY)
  if (announced <= readAway && !isWaiting(response)) return false
  response.setHeader('connection', 'close')
  return true
}

/**
 * Ends a response whose request was not read. A connection that is closed while data still comes in is reset, and the
 * client may lose the response with it; so what comes is thrown away for a moment.
 *
 * @param message Request as Node gives it.
 * @param response Response, written but for its end.
 */
export function endLeaving(message: IncomingMessage, response: ServerResponse): void {
  const end = (): void => {
    clearTimeout(timer)
    response.end()
    message.off('end', end).off('close', end)
  }
  const timer = setTimeout(end, lingering).unref()
  message
    .once('end', end)
    .once('close', end)
    .on('error', () => undefined)
  message.resume()
}
