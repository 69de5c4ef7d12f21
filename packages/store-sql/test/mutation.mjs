import { describe, expect, it } from 'vitest'
import { compareStores, compareTenants } from './differential/compare-stores.js'

/**
 * Every test that needs no other process in one file: a mutant then costs one import of the store instead of ten. Those of
 * one file stand in a suite of their own, so that what they do before and after each test concerns them alone.
 */
const tests = import.meta.glob([
  '../src/**/*.test.ts',
  './{backup,close,contract,cursor-secrets,faults,feed,members,migrations,queries,resources,secrets,start-faults}.test.ts',
  './transactions.test.ts',
])
const failures = []
for (const [file, load] of Object.entries(tests)) {
  describe(file, () => load().then(undefined, (error) => failures.push(error)))
}

// A mutant that no module survives would leave no test to fail, and pass for one that no test notices.
it('everything can be loaded', () => expect(failures).toEqual([]))

// A few of the random sequences, always the same: a mutant that nothing else notices waits for all of them.
describe('random sequences', () => {
  it.each(['strict', 'lenient'])('are answered alike by memory and SQLite, %s', async (base) => {
    expect((await compareStores(base, 8, 1)).fault).toBeUndefined()
  })

  it('are answered to each of two tenants as if it were alone', async () => {
    expect((await compareTenants('sqlite', 5, 1)).fault).toBeUndefined()
  })
})
