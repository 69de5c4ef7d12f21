import { testProject } from '../../vitest.base.js'

/** Tests that mutants run against: those that start no other process, and random sequences of one seed. */
const base = testProject('store-sql')

export default {
  ...base,
  test: { ...base.test, include: ['test/mutation.mjs'], env: { SEED: '1' } },
}
