import type { Filter } from '@scimkit/filter-parser'

/**
 * Reads the ids that a filter on `members` names, where it does nothing but name them.
 *
 * @param filter Filter in brackets.
 * @returns The ids of `value eq "a" or value eq "b"`; `undefined` for any other filter.
 */
export function readMemberIds(filter: Filter): readonly string[] | undefined {
  if (filter.kind === 'or') {
    const ids = filter.filters.map(readMemberIds)
    return ids.every((found) => found !== undefined) ? [...new Set(ids.flat())] : undefined
  }
  if (filter.kind !== 'comparison' || filter.operator !== 'eq' || typeof filter.value !== 'string') return undefined
  return filter.path.name.toLowerCase() === 'value' ? [filter.value] : undefined
}
