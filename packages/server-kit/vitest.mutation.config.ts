import { testProject } from '../../vitest.base.js'

/** Tests that mutants of the PATCH engine and the preconditions run against: without the compiler and without servers. */
const base = testProject('server-kit')

export default {
  ...base,
  test: {
    ...base.test,
    include: [
      'src/patch/**/*.test.ts',
      'src/compatibility/**/*.test.ts',
      'src/request/check-precondition.test.ts',
      'test/patch/**/*.test.ts',
    ],
    env: { CASES: '300' },
  },
}
