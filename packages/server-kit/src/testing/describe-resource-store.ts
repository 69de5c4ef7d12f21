import type { ResourceStore } from '../resource-store.js'
import { changesSuite } from './changes-suite.js'
import { membersSuite } from './members-suite.js'
import { outboxSuite } from './outbox-suite.js'
import { querySuite } from './query-suite.js'
import { resourcesSuite } from './resources-suite.js'
import { contractGroup, contractUser, StoreFixture } from './store-fixture.js'
import { tenantsSuite } from './tenants-suite.js'
import { transactionsSuite } from './transactions-suite.js'
import { uniquenessSuite } from './uniqueness-suite.js'

/** A store, or a store with what must be closed after a test. */
export type StoreUnderTest =
  | ResourceStore
  | { readonly store: ResourceStore; readonly close: () => void | Promise<void> }

/** The two functions of a test runner. */
export interface TestRunner {
  readonly describe: (name: string, body: () => void) => unknown
  readonly it: (name: string, body: () => Promise<void>) => unknown
}

/** Parts of the port that a store may leave out. */
export type OptionalPart = 'members' | 'transactions' | 'changes' | 'outbox'

/** Options of {@link describeResourceStore}. */
export interface StoreContractOptions extends TestRunner {
  /** Parts that the store does not have, each with the reason, which becomes part of the suite's name. */
  readonly without?: Readonly<Partial<Record<OptionalPart, string>>> | undefined
}

/** A test of the contract, on a store of its own. */
export type StoreTest = (name: string, body: (fixture: StoreFixture) => Promise<void>) => void

/**
 * Tests a store against everything that the handler relies on. It runs in any test runner with `describe` and `it`.
 *
 * @param createStore Makes an empty store for one test.
 * @param options The functions of the test runner, and what the store leaves out.
 * @example
 * import { describe, it } from 'vitest'
 * describeResourceStore(() => memoryStore(), { describe, it })
 */
export function describeResourceStore(
  createStore: () => StoreUnderTest | Promise<StoreUnderTest>,
  options: StoreContractOptions,
): void {
  const { describe, it, without = {} } = options
  const test: StoreTest = (name, body) => {
    it(name, () => runTest(createStore, body))
  }
  const left = Object.entries(without).map(([part, reason]) => `without ${part}: ${reason}`)
  describe(['resource store', ...left].join(', '), () => {
    describe('resources', () => resourcesSuite(test))
    describe('uniqueness', () => uniquenessSuite(test))
    describe('queries', () => querySuite(test))
    describe('tenants and hostile names', () => tenantsSuite(test))
    if (without.members === undefined) describe('members', () => membersSuite(test))
    if (without.transactions === undefined) describe('transactions', () => transactionsSuite(test))
    if (without.changes === undefined) describe('changes', () => changesSuite(test))
    if (without.outbox === undefined) describe('outbox', () => outboxSuite(test))
  })
}

async function runTest(
  createStore: () => StoreUnderTest | Promise<StoreUnderTest>,
  body: (fixture: StoreFixture) => Promise<void>,
): Promise<void> {
  const made = await createStore()
  const { store, close } = 'store' in made ? made : { store: made, close: () => undefined }
  store.serve?.(contractUser)
  store.serve?.(contractGroup)
  try {
    await body(new StoreFixture(store, 'default', close))
  } finally {
    await close()
  }
}
