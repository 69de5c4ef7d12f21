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
export { type FilterBuilder, f } from './build.js'
export { compareBy, compareKeys, type SortKey, sortKeyOf } from './evaluate/compare-by.js'
export { readInstant } from './evaluate/compare-instants.js'
export { type CompileOptions, compileFilter } from './evaluate/compile-filter.js'
export type { ResolveOptions, UnknownAttribute } from './evaluate/resolve-attribute.js'
export {
  type ElementFilterBuilder,
  type FilterBuilderFor,
  filterFor,
  type TypedFilterBuilder,
} from './filter-for.js'
export { FilterSyntaxError } from './filter-syntax-error.js'
export { filter } from './filter-template.js'
export { parseFilter } from './parse-filter.js'
export type { FilterLimits, FilterNote, LenientRule, ParseOptions } from './parse-options.js'
export { parsePath } from './parse-path.js'
export { stringifyFilter, stringifyPath } from './stringify.js'
export { attributesOf, mapFilter } from './walk.js'
