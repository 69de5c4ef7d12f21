import { testProject } from '../../vitest.base.js'

/** Tests that mutants run against, in one thread that lives on: a thread of its own costs more than its tests do. */
const base = testProject('filter-parser')

export default {
  ...base,
  test: { ...base.test, include: ['test/mutation.mjs'], isolate: false },
}
