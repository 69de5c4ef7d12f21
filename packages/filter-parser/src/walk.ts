import { type AttributePath, foldCase } from '@scimkit/core/schema'
import type { Filter } from './ast.js'
import { stringifyPath } from './stringify.js'

/**
 * Rebuilds a filter from its leaves upward.
 *
 * @param filter Filter, which stays as it is.
 * @param change Called for every node after its children were changed; what it returns takes the node's place.
 * @returns The new filter, frozen; the same reference when nothing changed.
 */
export function mapFilter(filter: Filter, change: (filter: Filter) => Filter): Filter {
  switch (filter.kind) {
    case 'and':
    case 'or': {
      const filters = filter.filters.map((term) => mapFilter(term, change))
      const same = filters.every((term, index) => term === filter.filters[index])
      return change(same ? filter : Object.freeze({ ...filter, filters: Object.freeze(filters) }))
    }
    case 'not':
    case 'valuePath': {
      const inner = mapFilter(filter.filter, change)
      return change(inner === filter.filter ? filter : Object.freeze({ ...filter, filter: inner }))
    }
    default:
      return change(filter)
  }
}

/**
 * Lists the attributes that a filter asks about, for access control.
 *
 * @param filter Any filter.
 * @returns Paths in the order of the text, spelt as in the filter, repeated ones once; names inside brackets as
 * sub-attributes of the attribute before them (`emails[type pr]` gives `emails.type`).
 */
export function attributesOf(filter: Filter): AttributePath[] {
  const found = new Map<string, AttributePath>()
  collect(filter, undefined, found)
  return [...found.values()]
}

function collect(filter: Filter, outer: AttributePath | undefined, found: Map<string, AttributePath>): void {
  switch (filter.kind) {
    case 'and':
    case 'or':
      for (const term of filter.filters) collect(term, outer, found)
      return
    case 'not':
      collect(filter.filter, outer, found)
      return
    case 'valuePath':
      collect(filter.filter, filter.path, found)
      return
    default: {
      const path = outer ? Object.freeze({ ...outer, subAttribute: filter.path.name }) : filter.path
      const key = foldCase(stringifyPath(path))
      if (!found.has(key)) found.set(key, path)
    }
  }
}
