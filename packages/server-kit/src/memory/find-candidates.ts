import { type AttributePath, findAttribute, foldCase } from '@scimkit/core/schema'
import type { ComparisonFilter, Filter, ValuePathFilter } from '@scimkit/filter-parser'
import type { MemoryRelation } from './memory-relation.js'
import type { MemoryTable } from './memory-table.js'

/**
 * Narrows a query by an index. Whatever it finds is only a superset: the filter itself is still asked.
 *
 * @param table Table that is queried; it must have a definition.
 * @param relation Who is in which group.
 * @param filter Filter of the query.
 * @returns Ids among which all matches are; `undefined` when no index helps.
 */
export function findCandidates(
  table: MemoryTable,
  relation: MemoryRelation,
  filter: Filter,
): Iterable<string> | undefined {
  switch (filter.kind) {
    case 'comparison':
      return findCompared(table, relation, filter)
    case 'valuePath':
      return findInside(table, relation, filter)
    case 'and':
      for (const term of filter.filters) {
        const found = findCandidates(table, relation, term)
        if (found) return found
      }
      return undefined
    default:
      return undefined
  }
}

function findCompared(
  table: MemoryTable,
  relation: MemoryRelation,
  { path, operator, value }: ComparisonFilter,
): Iterable<string> | undefined {
  if (operator !== 'eq' || value === null) return undefined
  const target = table.definition && findAttribute(table.definition, path)
  if (!target?.attribute) return undefined
  const { attribute, subAttribute } = target
  const name = subAttribute ? `${attribute.name}.${subAttribute.name}` : attribute.name
  const found = target.extension ? undefined : findIndexed(table, relation, name, value)
  return found ?? table.findUnique(target.extension ? `${target.extension.id}:${name}` : name, value)
}

function findIndexed(
  table: MemoryTable,
  relation: MemoryRelation,
  name: string,
  value: unknown,
): Iterable<string> | undefined {
  if (typeof value !== 'string') return undefined
  if (name === 'id') return [value]
  if (name === 'externalId') return table.byExternalId.get(value) ?? []
  if (name === 'members' || name === 'members.value') return relation.groupsOf(value)
  if (name === 'groups' || name === 'groups.value') return relation.allMembersOf(value)
  return undefined
}

/** `members[value eq "x"]`, also with further terms. */
function findInside(
  table: MemoryTable,
  relation: MemoryRelation,
  { path, filter }: ValuePathFilter,
): Iterable<string> | undefined {
  const terms = filter.kind === 'and' ? filter.filters : [filter]
  for (const term of terms) {
    if (term.kind !== 'comparison' || foldCase(term.path.name) !== 'value') continue
    const inner: AttributePath = { ...path, subAttribute: term.path.name }
    const found = findCompared(table, relation, { ...term, path: inner })
    if (found) return found
  }
  return undefined
}
