import { ScimError } from '@scimkit/core/schema'
import type { SortKey } from './sort-key.js'

/** A place in a listing: behind the resource with this id and, in a sorted listing, this key. */
export interface Position {
  readonly id: string
  /** `null` for a resource without a value to sort by; absent in a listing that is not sorted. */
  readonly key?: SortKey | null | undefined
}

/**
 * Writes a position as opaque text.
 *
 * @param position Place behind the last resource of a page.
 * @returns Characters of base64url.
 */
export function stringifyPosition(position: Position): string {
  const parts = position.key === undefined ? [position.id] : [position.id, position.key]
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

/**
 * Reads what {@link stringifyPosition} wrote.
 *
 * @param text Text of a position.
 * @param sorted Whether the listing is sorted.
 * @throws {ScimError} 400 `invalidCursor` when it is no position of such a listing.
 */
export function parsePosition(text: string, sorted: boolean): Position {
  const parts = readJson(Buffer.from(text, 'base64url').toString())
  const [id, key] = Array.isArray(parts) ? parts : []
  const fits = sorted ? key === null || typeof key === 'string' || typeof key === 'number' : key === undefined
  if (typeof id === 'string' && fits) return sorted ? { id, key } : { id }
  throw new ScimError(400, 'The cursor does not belong to this query', { scimType: 'invalidCursor' })
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
