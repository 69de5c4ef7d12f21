import { compareText, ScimError } from '@scimkit/core/schema'
import { compareKeys, type SortKey } from '@scimkit/filter-parser'

/** A place in a listing: right behind the resource with this id and, in a sorted listing, this key. */
export interface Position {
  readonly id: string
  /** `null` for a resource without a value to sort by; absent in a listing that is not sorted. */
  readonly key?: SortKey | null | undefined
}

/**
 * Orders places; resources without a key come last in ascending order and first in descending order.
 *
 * @param order With `descending`, keys are reversed, ids are not.
 * @returns A comparison of two places, by key and then by id.
 */
export function comparePositions(
  order: 'ascending' | 'descending' | undefined,
): (left: Position, right: Position) => number {
  const sign = order === 'descending' ? -1 : 1
  return (left, right) =>
    sign * compareKeys(left.key ?? undefined, right.key ?? undefined) || compareText(left.id, right.id)
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
 * @throws {ScimError} 400 `invalidCursor` when it is not a position in such a listing.
 */
export function parsePosition(text: string, sorted: boolean): Position {
  const parts = readJson(Buffer.from(text, 'base64url').toString())
  const [id, key] = Array.isArray(parts) ? parts : []
  const fits = sorted ? key === null || ['string', 'number', 'boolean'].includes(typeof key) : key === undefined
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
