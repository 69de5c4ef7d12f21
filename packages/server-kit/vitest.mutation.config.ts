import { testProject } from '../../vitest.base.js'

/** Tests that mutants of the PATCH engine and the preconditions run against: without the compiler and without servers. */
const base = testProject('server-kit')

export default {
  ...base,
  test: { ...base.test, include: ['test/mutation.mjs'], env: { CASES: '300' } },
}
