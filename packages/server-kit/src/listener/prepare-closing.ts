import type { Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** Milliseconds that a connection without a first byte may take: it may be on its way, or opened ahead and never used. */
const silenceLimit = 1_000

/** Turns of the event loop that a flood of new connections can put off the end. */
const maxTurns = 2_048

/**
 * Prepares the end of a server: its connections are known from the first one on.
 *
 * @param server Server that does not listen yet.
 * @param grace Milliseconds that open requests have to be answered, before their connections are cut.
 * @returns Closes the server; what is called again waits for the same end.
 */
export function prepareClosing(server: Server, grace: number): () => Promise<void> {
  const sockets = new Set<Socket>()
  const open = new Set<ServerResponse>()
  let closing: Promise<void> | undefined
  let accepted = 0

  server.on('connection', (socket: Socket) => {
    accepted++
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  const follow = (_: unknown, response: ServerResponse): void => {
    open.add(response)
    if (closing) announceEnd(response)
    response.once('close', () => {
      open.delete(response)
      // Only after this turn does Node count the connection among the idle ones.
      if (closing) setImmediate(() => server.closeIdleConnections())
    })
  }
  server.prependListener('request', follow).prependListener('checkContinue', follow)

  /** Closing resets what waits to be accepted; each turn brings a connection or more, the next one what was sent on it. */
  const untilAccepted = async (): Promise<void> => {
    for (let before = -1, turns = 0; before !== accepted && turns < maxTurns; turns++) {
      before = accepted
      await nextTurn()
      await nextTurn()
    }
  }

  const end = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => {
        server.closeAllConnections()
        for (const socket of sockets) socket.destroy() // those in their handshake, which no request knows yet
      }, grace)
      const silent = setTimeout(
        () => {
          for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy()
        },
        Math.min(silenceLimit, grace),
      )
      server.close(() => {
        clearTimeout(timer)
        clearTimeout(silent)
        resolve()
      })
      for (const response of open) announceEnd(response)
      server.closeIdleConnections()
    })

  return () => {
    closing ??= untilAccepted().then(end)
    return closing
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Tells the client not to use the connection again. */
function announceEnd(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('connection', 'close')
}
