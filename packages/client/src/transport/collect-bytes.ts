/** Gathers the bytes of a body until it is known whether they are wanted. */
export interface ByteCollector {
  /** Number of bytes so far. */
  readonly length: number
  add(chunk: Uint8Array): void
  /**
   * Reads the bytes as UTF-8, once; they are given up on the way.
   *
   * @throws {TypeError} When they are not UTF-8.
   */
  read(): string
}

/** Chunks of at least so many bytes are kept as they are, smaller ones are copied into blocks of this size. */
const blockBytes = 65_536

/**
 * Creates a collector. However a server cuts a body, it costs little more than its bytes: text that is made of each chunk
 * as it comes would be garbage beside them, and objects for chunks of one byte many times as much.
 *
 * @returns The collector, empty.
 */
export function createByteCollector(): ByteCollector {
  const parts: Uint8Array[] = []
  let block = new Uint8Array(0)
  let filled = 0
  let length = 0
  const close = (): void => {
    if (filled > 0) parts.push(block.subarray(0, filled))
    block = new Uint8Array(0)
    filled = 0
  }
  return {
    get length() {
      return length
    },
    add(chunk) {
      const isFirst = length === 0
      length += chunk.byteLength
      if (filled + chunk.byteLength > block.byteLength) close()
      if (isFirst || chunk.byteLength >= blockBytes) parts.push(chunk)
      else {
        if (block.byteLength === 0) block = new Uint8Array(blockBytes)
        block.set(chunk, filled)
        filled += chunk.byteLength
      }
    },
    read() {
      close()
      const decoder = new TextDecoder('utf-8', { fatal: true })
      let text = ''
      for (const part of parts.splice(0)) text += decoder.decode(part, { stream: true })
      return text + decoder.decode()
    },
  }
}
