import { testProject } from '../../vitest.base.js'

/** Tests that mutants run against: without the compiler, bundles, processes and long runs. */
const base = testProject('client')

const slow = ['budgets', 'count-snippets', 'create-under-faults', 'hostile-server', 'oauth', 'otel', 'scimmy']

export default {
  ...base,
  test: { ...base.test, exclude: ['**/node_modules/**', ...slow.map((name) => `test/${name}.test.ts`)] },
}
