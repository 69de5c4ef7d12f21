import { testProject } from '../../vitest.base.js'

/** Tests that mutants run against, with fewer random cases: without the compiler, other processes and long runs. */
const base = testProject('server-kit')

export default {
  ...base,
  test: { ...base.test, include: ['test/mutation.mjs'], env: { CASES: '300', ADDS: '10' } },
}
