import type { Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** Milliseconds that a connection without a first byte may take: it may be on its way, or opened ahead and never used. */
const patience = 1_000

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

  server.on('connection', (socket: Socket) => {
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
        Math.min(patience, grace),
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
    closing ??= end()
    return closing
  }
}

/** The client is told not to use the connection again. */
function announceEnd(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('connection', 'close')
}
