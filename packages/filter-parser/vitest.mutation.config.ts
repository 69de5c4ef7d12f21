import { testProject } from '../../vitest.base.js'

/** Tests that mutants run against: without the compiler and without a database server, which would be started for each. */
const base = testProject('filter-parser')

export default {
  ...base,
  test: {
    ...base.test,
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    env: { FILTERS: '150', RUNS: '150', NO_POSTGRES: '1' },
  },
}
