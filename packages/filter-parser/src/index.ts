/**
 * Parse, write, build and evaluate filters, and parse PATCH paths. Use it wherever filters are handled; SQL has an
 * entry of its own, `./sql`.
 */

// Text to trees, and back.

export { FilterSyntaxError } from './filter-syntax-error.js'
export { parseFilter } from './parse-filter.js'
export type { FilterLimits, FilterNote, LenientRule, ParseOptions } from './parse-options.js'
export { parsePath } from './parse-path.js'
export { stringifyFilter, stringifyPath } from './stringify.js'

// The trees: plain, frozen data.

export type {
  AndFilter,
  ComparisonFilter,
  ComparisonOperator,
  ComparisonValue,
  Filter,
  NotFilter,
  OrFilter,
  PatchPath,
  PresentFilter,
  ValuePathFilter,
} from './ast.js'
export { attributesOf, mapFilter } from './walk.js'

// Trees without text: typed by a definition, untyped, or from a template.

export { type FilterBuilder, f } from './build.js'
export {
  type ElementFilterBuilder,
  type FilterBuilderFor,
  filterFor,
  type TypedFilterBuilder,
} from './filter-for.js'
export { filter } from './filter-template.js'

// Trees and resources: which of them match, and the order in which they come.

export { compareBy, compareKeys, type SortKey, sortKeyOf } from './evaluate/compare-by.js'
export { readInstant } from './evaluate/compare-instants.js'
export { compileFilter } from './evaluate/compile-filter.js'
export type { CompileOptions, ResolveOptions, UnknownAttribute } from './evaluate/compile-options.js'
