import { compareText } from '@scimkit/core/schema'
import type { PageRequest, StoredResource, StorePage } from '../store.js'
import type { MemoryTable } from './memory-table.js'

/**
 * Gives one page of a table.
 *
 * @param table Table that is queried.
 * @param ids All matches, in order.
 * @param page Which of them are wanted.
 * @returns The page with the number of all matches.
 */
export function pageIds(table: MemoryTable, ids: readonly string[], page: PageRequest): StorePage<StoredResource> {
  if ('startIndex' in page) {
    const start = page.startIndex - 1
    return { resources: resourcesOf(table, ids.slice(start, start + page.count)), totalResults: ids.length }
  }
  const { after } = page
  const start = after === undefined ? 0 : positionBehind(ids, (id) => compareText(id, after))
  const found = ids.slice(start, start + page.count)
  const last = found.at(-1)
  const more = start + found.length < ids.length && last !== undefined
  return { resources: resourcesOf(table, found), totalResults: ids.length, ...(more && { next: last }) }
}

/**
 * @param table Table of the resources.
 * @param ids Ids of resources, in order.
 * @returns Those that the table has.
 */
export function resourcesOf(table: MemoryTable, ids: readonly string[]): StoredResource[] {
  const resources: StoredResource[] = []
  for (const id of ids) {
    const resource = table.byId.get(id)
    if (resource) resources.push(resource)
  }
  return resources
}

/**
 * @param ordered Entries in order.
 * @param compareWith Compares an entry with a position.
 * @returns Index of the first entry behind the position.
 */
export function positionBehind<T>(ordered: readonly T[], compareWith: (entry: T) => number): number {
  const position = ordered.findIndex((entry) => compareWith(entry) > 0)
  return position < 0 ? ordered.length : position
}
