import type { AttributePath } from '@scimkit/core/schema'
import type { ComparisonOperator, ComparisonValue, Filter } from './ast.js'
import { attrPath } from './attr-path.js'
import { Tokenizer } from './tokenize.js'

/** Builds filters from paths written as text; no type is known. */
export interface FilterBuilder {
  eq(path: string, value: ComparisonValue): Filter
  ne(path: string, value: ComparisonValue): Filter
  co(path: string, value: string): Filter
  sw(path: string, value: string): Filter
  ew(path: string, value: string): Filter
  gt(path: string, value: string | number): Filter
  ge(path: string, value: string | number): Filter
  lt(path: string, value: string | number): Filter
  le(path: string, value: string | number): Filter
  /** The attribute has a value. */
  pr(path: string): Filter
  /** All of one or more filters. */
  and(...filters: readonly Filter[]): Filter
  /** One of one or more filters. */
  or(...filters: readonly Filter[]): Filter
  not(filter: Filter): Filter
  /** One element satisfies the whole inner filter, whose paths are bare sub-attributes. */
  where(path: string, filter: Filter | ((element: FilterBuilder) => Filter)): Filter
}

/**
 * Makes a builder that knows the schemas whose URNs end in something else than a name.
 *
 * @param schemas URNs of known schemas.
 * @returns The builder.
 */
export function createFilterBuilder(schemas: readonly string[]): FilterBuilder {
  const toPath = (text: string): AttributePath => {
    const tokens = new Tokenizer(text, { schemas }, 'invalidFilter')
    const path = attrPath(tokens)
    tokens.end(['end of the attribute path'])
    return path
  }
  const compare = (operator: ComparisonOperator) => (path: string, value: ComparisonValue) => {
    checkValue(value)
    return Object.freeze({ kind: 'comparison' as const, path: toPath(path), operator, value: value === 0 ? 0 : value })
  }
  const builder: FilterBuilder = {
    eq: compare('eq'),
    ne: compare('ne'),
    co: compare('co'),
    sw: compare('sw'),
    ew: compare('ew'),
    gt: compare('gt'),
    ge: compare('ge'),
    lt: compare('lt'),
    le: compare('le'),
    pr: (path) => Object.freeze({ kind: 'present', path: toPath(path) }),
    and: (...filters) => join('and', filters),
    or: (...filters) => join('or', filters),
    not: (filter) => Object.freeze({ kind: 'not', filter }),
    where(path, filter) {
      const outer = toPath(path)
      const inner = typeof filter === 'function' ? filter(builder) : filter
      if (outer.subAttribute !== undefined)
        throw new TypeError(`${path} is a sub-attribute; where() takes the attribute`)
      checkInside(inner)
      return Object.freeze({ kind: 'valuePath', path: outer, filter: inner })
    },
  }
  return Object.freeze(builder)
}

/**
 * Builds filters without a definition.
 *
 * @example
 * f.and(f.eq('active', true), f.where('emails', f.eq('type', 'work')))
 */
export const f: FilterBuilder = /* @__PURE__ */ createFilterBuilder([])

function checkValue(value: ComparisonValue): void {
  const kind = typeof value
  if (kind === 'string' || kind === 'boolean' || value === null || Number.isFinite(value)) return
  throw new TypeError('a filter can compare only with a string, a finite number, a boolean or null')
}

function join(kind: 'and' | 'or', filters: readonly Filter[]): Filter {
  const [first] = filters
  if (!first) throw new TypeError(`${kind}() needs at least one filter`)
  return filters.length === 1 ? first : Object.freeze({ kind, filters: Object.freeze([...filters]) })
}

/** Inside brackets names are bare and brackets do not nest, or the text would not parse again. */
function checkInside(filter: Filter): void {
  switch (filter.kind) {
    case 'and':
    case 'or':
      for (const term of filter.filters) checkInside(term)
      return
    case 'not':
      checkInside(filter.filter)
      return
    case 'valuePath':
      throw new TypeError('where() cannot stand inside where()')
    default:
      if (filter.path.urn !== undefined || filter.path.subAttribute !== undefined) {
        throw new TypeError('inside where() the paths are bare sub-attributes')
      }
  }
}
