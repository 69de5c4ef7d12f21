import type { ComparisonOperator } from '../ast.js'

/** Tests one value; `undefined` is an absent one. */
export type ValueTest = (value: unknown) => boolean

/**
 * @param operator Operator of a comparison.
 * @returns Whether it holds for an order: a negative number, zero, a positive number; NaN is in no order.
 */
export function orderTest(operator: ComparisonOperator): (order: number) => boolean {
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
 * @param tests Tests of the same value.
 * @returns A test that all of them pass.
 */
export function everyTest(tests: readonly ValueTest[]): ValueTest {
  const [first, second] = tests
  if (first && second && tests.length === 2) return (value) => first(value) && second(value)
  return (value) => {
    for (const test of tests) if (!test(value)) return false
    return true
  }
}

/**
 * @param tests Tests of the same value.
 * @returns A test that one of them passes.
 */
export function someTest(tests: readonly ValueTest[]): ValueTest {
  const [first, second] = tests
  if (first && second && tests.length === 2) return (value) => first(value) || second(value)
  return (value) => {
    for (const test of tests) if (test(value)) return true
    return false
  }
}

/**
 * @param test Test of a value.
 * @returns The opposite test: plain two-valued negation.
 */
export function notTest(test: ValueTest): ValueTest {
  return (value) => !test(value)
}
