import type { ServerResponse } from 'node:http'

/**
 * Sends text that is read while it is sent, no faster than the client takes it.
 *
 * @param pieces Text; what it throws is thrown on, and the response is left unfinished.
 * @param response Node's response, its head written.
 */
export async function writePieces(
  pieces: AsyncGenerator<string, void, undefined>,
  response: ServerResponse,
): Promise<void> {
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
