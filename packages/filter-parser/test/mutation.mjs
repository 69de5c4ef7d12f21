import { expect, it } from 'vitest'

/**
 * Every test that a mutant runs against in one file: a mutant then costs one import of the package instead of twelve.
 * Left out are the random pairs, the fuzz, the databases and the README, which take longer than all others together.
 */
const tests = import.meta.glob([
  '../src/**/*.test.ts',
  './{corners,every-comparison,messages,parse-texts,sql-texts,untyped}.test.ts',
])
const failures = []
for (const load of Object.values(tests)) await load().catch((error) => failures.push(error))

// A mutant that no module survives would leave no test to fail, and pass for one that is not noticed.
it('everything can be loaded', () => expect(failures).toEqual([]))
