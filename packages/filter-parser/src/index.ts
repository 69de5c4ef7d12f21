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
export { compareBy, compareKeys, type SortKey, sortKeyOf } from './compare-by.js'
export { readInstant } from './compare-instants.js'
export { type CompileOptions, compileFilter } from './compile-filter.js'
export { type FilterBuilder, f } from './filter-builder.js'
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
export type { ResolveOptions, UnknownAttribute } from './resolve-attribute.js'
export { stringifyFilter, stringifyPath } from './stringify-filter.js'
export { attributesOf, mapFilter } from './walk-filter.js'
