import { ScimError } from '@scimkit/core/schema'

/**
 * The bytes of a body as they arrive, in one buffer that grows to at most twice their size: a list of chunks would take a
 * hundred times as much for a client that sends single bytes.
 */
export class CollectedBytes {
  #memory: Uint8Array = new Uint8Array(0)
  #size = 0

  /** Number of bytes. */
  get size(): number {
    return this.#size
  }

  /** @param chunk The next bytes; a first chunk is not copied. */
  add(chunk: Uint8Array): void {
    const size = this.#size + chunk.byteLength
    if (this.#size === 0) this.#memory = chunk
    else {
      if (size > this.#memory.byteLength) this.#grow(size)
      this.#memory.set(chunk, this.#size)
    }
    this.#size = size
  }

  /** @returns All bytes, without a copy. */
  take(): Uint8Array {
    return this.#memory.subarray(0, this.#size)
  }

  #grow(size: number): void {
    const larger = new Uint8Array(Math.max(size, this.#memory.byteLength * 2))
    larger.set(this.#memory)
    this.#memory = larger
  }
}

/**
 * Reads a stream while counting, so that it never holds more than the limit and one chunk.
 *
 * @param body Stream of bytes; `null` is an empty body.
 * @param limit Largest size, bytes.
 * @returns All bytes.
 * @throws {ScimError} 413 as soon as the limit is passed, and the stream is cancelled; 400 when the client goes away.
 */
export async function readStream(body: ReadableStream<Uint8Array> | null, limit: number): Promise<Uint8Array> {
  if (!body) return new Uint8Array(0)
  const reader = body.getReader()
  const bytes = new CollectedBytes()
  for (;;) {
    const { done, value } = await reader.read().catch((cause: unknown) => {
      throw bodyBroken(cause)
    })
    if (done) return bytes.take()
    if (bytes.size + value.byteLength > limit) {
      await reader.cancel().catch(() => undefined) // a source that fails to stop changes nothing for the answer
      throw bodyTooLarge(limit)
    }
    bytes.add(value)
  }
}

/**
 * The error for a body that is larger than allowed.
 *
 * @param limit Largest size, bytes.
 * @returns 413, which names the limit.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.12
 */
export function bodyTooLarge(limit: number): ScimError {
  return new ScimError(413, `The request body is larger than ${limit} bytes`)
}

/**
 * The error for a body that broke off. The client is gone, but the request still has to end.
 *
 * @param cause What the stream failed with.
 * @returns 400.
 */
export function bodyBroken(cause?: unknown): ScimError {
  return new ScimError(400, 'The connection was closed before the body was complete', { cause })
}
