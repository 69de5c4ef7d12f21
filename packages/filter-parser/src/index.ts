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
