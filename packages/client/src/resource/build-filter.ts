import type { ResourceDefinition } from '@scimkit/core/schema'
import { type Filter, filterFor, stringifyFilter } from '@scimkit/filter-parser'

/**
 * Writes a filter as text. The file is loaded when a filter is built: it brings the builder and `stringifyFilter`.
 *
 * @param definition Definition whose paths a function may use.
 * @param filter A built filter, or a function that builds one.
 * @returns The filter as text.
 */
export function buildFilter(definition: ResourceDefinition, filter: object): string {
  const built = typeof filter === 'function' ? filter(filterFor(definition)) : filter
  return stringifyFilter(built as Filter) // typed where the caller gave it
}
