import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'

const waiting = new WeakSet<ServerResponse>()

/**
 * Makes the listener of requests whose client asks before it sends its body: it is told to go on when the body is wanted,
 * so that a request without valid credentials, or of a size that is refused, never sends it.
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

/**
 * @param response Response to a request.
 * @returns Whether its client still waits with its body.
 */
export function isWaiting(response: ServerResponse): boolean {
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
