import type { Service } from '../service/service.js'

/** Longest id, in UTF-16 units: percent-encoded it must still fit into a URL. */
const longestId = 1024

/**
 * Makes the id of a new resource, and refuses one that no request could name again.
 *
 * @param service Service provider whose `createId` makes it.
 * @returns The id.
 * @throws {TypeError} That says what is wrong with the id and what to do, never the id itself; the answer is 500.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-3.1
 */
export function makeId(service: Service): string {
  const id: unknown = service.createId()
  const fault = findFault(id)
  if (fault === undefined) return id as string // findFault takes texts alone
  throw new TypeError(
    `createId gave an id that ${fault}; make ids as crypto.randomUUID() does, or encode what they are made of`,
  )
}

function findFault(id: unknown): string | undefined {
  if (typeof id !== 'string') return 'is not a text'
  if (id === '') return 'is empty'
  if (id.length > longestId) return `is longer than ${longestId} characters`
  if (id.includes('/')) return 'holds a slash, which ends a segment of a URL'
  if (id.includes('\0') || /\p{Surrogate}/u.test(id)) return 'holds a character that no URL can carry'
  if (id === '.' || id === '..' || id === '.search') return 'means something else in a URL'
  return id.includes('bulkId') ? 'holds the text bulkId, which is reserved' : undefined
}
