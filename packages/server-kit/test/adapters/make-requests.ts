import { connect } from 'node:net'
import { urns } from '@scimkit/core'
import { type Behind, type Init, token } from './start-adapters.js'

let made = 0

/** @returns A user name that no other test has. */
export function newName(): string {
  return `user-${++made}`
}

/**
 * @param userName Name of the user.
 * @param attributes Further attributes.
 * @returns JSON text of a user.
 */
export function userText(userName: string, attributes: object = {}): string {
  return JSON.stringify({ schemas: [urns.user], userName, ...attributes })
}

/**
 * Creates a user.
 *
 * @param behind Running handler.
 * @param userName Name of the user; a new one when absent.
 * @param init Headers, or another body.
 * @returns The answer.
 */
export function createUser(behind: Behind, userName: string = newName(), init: Init = {}): Promise<Response> {
  return behind.send('/Users', { method: 'POST', body: userText(userName), ...init })
}

/**
 * @param pieces Pieces of a body.
 * @returns A stream that gives them one by one.
 */
export function streamOf(pieces: Iterable<string | Uint8Array>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const left = [...pieces].map((piece) => (typeof piece === 'string' ? encoder.encode(piece) : piece))
  return new ReadableStream({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, 2))
      const piece = left.shift()
      if (piece) controller.enqueue(piece)
      else controller.close()
    },
  })
}

/** A raw connection. */
export interface Raw {
  write(text: string): void
  /** Waits until what came matches, or the connection ends. */
  until(pattern: RegExp): Promise<string>
  /** Waits for the end of the connection. */
  ended(): Promise<string>
  destroy(): void
}

/**
 * Opens a connection that sends what it is told, byte by byte.
 *
 * @param origin Where to.
 * @returns The connection.
 */
export async function openRaw(origin: string): Promise<Raw> {
  const { hostname, port } = new URL(origin)
  const socket = connect(Number(port), hostname)
  let received = ''
  let closed = false
  let changed = (): void => undefined
  socket.setEncoding('utf8').on('data', (piece: string) => {
    received += piece
    changed()
  })
  socket
    .on('error', () => undefined)
    .on('close', () => {
      closed = true
      changed()
    })
  await new Promise((resolve) => socket.once('connect', resolve).once('close', resolve))
  const wait = async (pattern: RegExp | undefined): Promise<string> => {
    while (!closed && !pattern?.test(received)) {
      await new Promise<void>((resolve) => {
        changed = resolve
      })
    }
    return received
  }
  return {
    write: (text) => void socket.write(text),
    until: wait,
    ended: () => wait(undefined),
    destroy: () => void socket.destroy(),
  }
}

/**
 * Writes the head of a request.
 *
 * @param line Method and target, such as `GET /scim/v2/Users`.
 * @param headers Further header lines; they may replace host and token.
 * @returns The head with its empty line.
 */
export function head(line: string, ...headers: readonly string[]): string {
  const names = new Set(headers.map((header) => header.split(':')[0]?.toLowerCase()))
  const usual = ['host: localhost', `authorization: Bearer ${token}`].filter(
    (header) => !names.has(header.split(':')[0] ?? ''),
  )
  return `${line} HTTP/1.1\r\n${[...usual, ...headers].join('\r\n')}\r\n\r\n`
}
