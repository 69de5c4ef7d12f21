import { isObject } from '@scimkit/core/internal'
import type { ComparisonFilter, ComparisonOperator, PresentFilter } from '../ast.js'

/** Whether one value matches; `undefined` is an absent one. */
export type ValuePredicate = (value: unknown) => boolean

/**
 * Makes the predicate of an order.
 *
 * @param operator Operator of a comparison.
 * @returns Whether it holds for an order: a negative number, zero, a positive number; NaN is in no order.
 */
export function compileOrder(operator: ComparisonOperator): (order: number) => boolean {
  switch (operator) {
    case 'gt':
      return (order) => order > 0
    case 'ge':
      return (order) => order >= 0
    case 'lt':
      return (order) => order < 0
    case 'le':
      return (order) => order <= 0
    default:
      return (order) => order === 0
  }
}

/**
 * @param tests Predicates of the same value.
 * @returns True where all of them are.
 */
export function allOf(tests: readonly ValuePredicate[]): ValuePredicate {
  const [first, second] = tests
  if (first && second && tests.length === 2) return (value) => first(value) && second(value)
  return (value) => {
    for (const test of tests) if (!test(value)) return false
    return true
  }
}

/**
 * @param tests Predicates of the same value.
 * @returns True where one of them is.
 */
export function anyOf(tests: readonly ValuePredicate[]): ValuePredicate {
  const [first, second] = tests
  if (first && second && tests.length === 2) return (value) => first(value) || second(value)
  return (value) => {
    for (const test of tests) if (test(value)) return true
    return false
  }
}

/**
 * @param test Predicate of a value.
 * @returns The opposite: plain two-valued negation.
 */
export function negate(test: ValuePredicate): ValuePredicate {
  return (value) => !test(value)
}

/**
 * Tells whether `pr` is true of a value: some text, a number, a boolean, or something of that in a list or object.
 *
 * @param value Value of an attribute.
 * @returns `false` for absent, `null`, `""`, `[]`, `{}` and nestings of these.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2.2
 */
export function isPresent(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false
  if (Array.isArray(value)) return value.some(isPresent)
  if (!isObject(value)) return true
  for (const name in value) if (Object.hasOwn(value, name) && isPresent(value[name])) return true
  return false
}

/**
 * Tells whether a term holds where the attribute has no value: it differs from every literal, and equals `null`.
 *
 * @param filter Comparison or presence test.
 * @returns Whether it is true.
 */
export function holdsWithoutValue(filter: ComparisonFilter | PresentFilter): boolean {
  if (filter.kind === 'present') return false
  return filter.value === null ? filter.operator === 'eq' : filter.operator === 'ne'
}
