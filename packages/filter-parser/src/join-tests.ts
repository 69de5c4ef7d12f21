import type { ValueTest } from './create-test.js'

/**
 * @param tests Tests of the same value.
 * @returns A test that all of them pass.
 */
export function everyTest(tests: readonly ValueTest[]): ValueTest {
  const [first, second, third] = tests
  if (first && !second) return first
  if (first && second && !third) return (value) => first(value) && second(value)
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
  const [first, second, third] = tests
  if (first && !second) return first
  if (first && second && !third) return (value) => first(value) || second(value)
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
