import type { IncomingMessage } from 'node:http'

/**
 * Reads a header of Node's request. Node keeps the first of two Authorization or Host headers; here both are seen, so
 * that they can be refused.
 *
 * @param message Request as Node gives it.
 * @param name Name in lower case.
 * @returns The value; several values are joined by a comma.
 */
export function readHeader({ headers, rawHeaders }: IncomingMessage, name: string): string | null {
  if (name !== 'authorization' && name !== 'host') {
    const value = headers[name]
    return value === undefined ? null : Array.isArray(value) ? value.join(', ') : value
  }
  let found: string | null = null
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const given = rawHeaders[index]
    if (given?.length !== name.length || given.toLowerCase() !== name) continue
    const value = rawHeaders[index + 1] ?? ''
    found = found === null ? value : `${found}, ${value}`
  }
  return found
}
