/**
 * The bytes of a body as they come. They lie in one piece of memory that grows, at most twice as large as they are: a
 * list of its chunks would let a client that sends single bytes take a hundred times as much.
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
