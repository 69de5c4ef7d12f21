import type { AttributePath } from '@scimkit/core/schema'
import type { ComparisonValue, Filter, PatchPath } from './ast.js'

/**
 * Writes a filter as text, without a blank or parenthesis too many.
 *
 * @param filter Filter, parsed or built.
 * @returns The shortest text that parses to the same filter; numbers as JSON writes them.
 * @throws {TypeError} When an `and` or `or` has no terms.
 */
export function stringifyFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'comparison':
      return `${stringifyPath(filter.path)} ${filter.operator} ${stringifyValue(filter.value)}`
    case 'present':
      return `${stringifyPath(filter.path)} pr`
    case 'not':
      return `not(${stringifyFilter(filter.filter)})`
    case 'valuePath':
      return `${stringifyPath(filter.path)}[${stringifyFilter(filter.filter)}]`
    case 'and':
      return joinTerms(filter.filters, 'and')
    case 'or':
      return joinTerms(filter.filters, 'or')
    default:
      return unknownKind(filter)
  }
}

/**
 * Writes an attribute path or the path of a PATCH operation as text.
 *
 * @param path Path, parsed or built.
 * @returns The text that parses to the same path.
 */
export function stringifyPath(path: AttributePath | PatchPath): string {
  const filter = 'filter' in path ? path.filter : undefined
  const urn = path.urn === undefined ? '' : `${path.urn}:`
  const brackets = filter ? `[${stringifyFilter(filter)}]` : ''
  const subAttribute = path.subAttribute === undefined ? '' : `.${path.subAttribute}`
  return urn + path.name + brackets + subAttribute
}

function joinTerms(filters: readonly Filter[], word: 'and' | 'or'): string {
  if (!filters.length) throw new TypeError(`an "${word}" without terms has no text`)
  if (filters.length === 1) return filters.map(stringifyFilter).join()
  // Grouping is part of the tree: an "and" in an "and" keeps its parentheses; only an "and" in an "or" needs none.
  const grouped = (kind: Filter['kind']) => kind === 'or' || (kind === 'and' && word === 'and')
  return filters
    .map((filter) => (grouped(filter.kind) ? `(${stringifyFilter(filter)})` : stringifyFilter(filter)))
    .join(` ${word} `)
}

/** JSON, but for the plus sign of exponents, which means nothing. */
function stringifyValue(value: ComparisonValue): string {
  const text = JSON.stringify(value)
  return typeof value === 'number' ? text.replace('+', '') : text
}

function unknownKind(filter: never): never {
  throw new TypeError(
    `a filter has one of the kinds comparison, present, and, or, not, valuePath; got ${JSON.stringify(filter)}`,
  )
}
