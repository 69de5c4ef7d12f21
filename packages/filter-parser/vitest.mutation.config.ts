import { testProject } from '../../vitest.base.js'

// The zone of the machine must mean nothing; where it is UTC no test could tell.
process.env.TZ = 'America/St_Johns'

/** Tests that mutants run against, in one thread that lives on: a thread of its own costs more than its tests do. */
const base = testProject('filter-parser')

export default {
  ...base,
  test: { ...base.test, include: ['test/mutation.mjs'], isolate: false },
}
