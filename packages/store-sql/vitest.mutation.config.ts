import { testProject } from '../../vitest.base.js'

/** Tests that mutants run against: those that start no other process, and without the long random sequences. */
const base = testProject('store-sql')

export default {
  ...base,
  test: { ...base.test, include: ['test/mutation.mjs'] },
}
