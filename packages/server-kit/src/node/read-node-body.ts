import type { IncomingMessage, ServerResponse } from 'node:http'
import { bodyBroken, bodyTooLarge, CollectedBytes } from '../request/read-bytes.js'
import { askForBody } from './unread-body.js'

/**
 * Reads the body of Node's request, even where a parser in front has already read it.
 *
 * @param message Request as Node gives it.
 * @param response Its response.
 * @param limit Largest size, bytes.
 * @returns The bytes.
 * @throws {ScimError} 413 as soon as the limit is passed.
 */
export async function readNodeBody(
  message: IncomingMessage,
  response: ServerResponse,
  limit: number,
): Promise<Uint8Array> {
  askForBody(response)
  await undefined // Node gives what came in one packet with the headers right after them, before what waits like this
  const parsed = parsedBodyOf(message)
  return parsed ? checkSize(parsed, limit) : (readArrivedBody(message, limit) ?? readBytes(message, limit))
}

/**
 * Finds what a parser in front of the adapter, such as `express.json()`, has read and left.
 *
 * @param message Request as Node gives it.
 * @returns The body; `undefined` where no parser has read it.
 */
export function parsedBodyOf(message: IncomingMessage): Uint8Array | undefined {
  const { body } = message as { body?: unknown } // where Express and its parsers put it
  if (!message.readableEnded || body === undefined) return undefined
  return body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
}

/** A small body mostly comes in one packet with its headers; taking it at once is much cheaper than its events. */
function readArrivedBody(message: IncomingMessage, limit: number): Uint8Array | undefined {
  if (message.readableEnded || message.readableFlowing || !hasArrived(message)) return undefined
  const bytes: Uint8Array = message.read() ?? new Uint8Array(0)
  return checkSize(bytes, limit)
}

function checkSize(bytes: Uint8Array, limit: number): Uint8Array {
  if (bytes.byteLength > limit) throw bodyTooLarge(limit)
  return bytes
}

/** The announced bytes may all be there a moment before Node has closed the message behind them. */
function hasArrived({ complete, headers, readableLength }: IncomingMessage): boolean {
  return complete || (readableLength > 0 && readableLength === Number(headers['content-length']))
}

function readBytes(message: IncomingMessage, limit: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const bytes = new CollectedBytes()
    const stop = (): void => {
      message.off('data', onData).off('end', onEnd).off('error', onBreak).off('close', onBreak)
    }
    const onData = (chunk: Uint8Array): void => {
      if (bytes.size + chunk.byteLength <= limit) {
        bytes.add(chunk)
        return
      }
      stop()
      message.pause()
      reject(bodyTooLarge(limit))
    }
    const onEnd = (): void => {
      stop()
      resolve(bytes.take())
    }
    const onBreak = (cause?: unknown): void => {
      stop()
      message.on('error', () => undefined) // a connection may break more than once
      reject(bodyBroken(cause))
    }
    message.on('data', onData).once('end', onEnd).once('error', onBreak).once('close', onBreak)
  })
}
