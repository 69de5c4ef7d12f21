/** Stands for `node:http` and `node:stream` where there are no servers; the tests that would listen are left out. */
export function createServer(): never {
  throw new Error('There are no sockets on this runtime')
}

export { createServer as pipeline }

/** Never used without a server. */
export const Readable = {}
