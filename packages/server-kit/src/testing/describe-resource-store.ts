import { findAttribute, type ResourceDefinition } from '@scimkit/core/schema'
import { checkNames } from '../check-names.js'
import type { ResourceStore } from '../store/resource-store.js'
import { changesSuite } from './changes-suite.js'
import { membersSuite } from './members-suite.js'
import { membershipsSuite } from './memberships-suite.js'
import { outboxRandomSuite } from './outbox-random-suite.js'
import { outboxSuite } from './outbox-suite.js'
import { querySuite } from './query-suite.js'
import { resourcesSuite } from './resources-suite.js'
import { type OptionalPart, optionalParts, type StoreContract } from './store-contract.js'
import { contractGroup, contractUser, StoreFixture, type StoreTest } from './store-fixture.js'
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
  /** Its `skip`, where it has one, receives the tests that the store cannot take, with the reason in their names. */
  readonly it: ((name: string, body: () => Promise<void>) => unknown) & {
    readonly skip?: ((name: string, body: () => Promise<void>) => unknown) | undefined
  }
}

/** Options of {@link describeResourceStore}. */
export interface StoreContractOptions extends TestRunner {
  /**
   * Parts that the store does not have, each with the reason, which becomes part of the suite's name. `nestedMembers`:
   * groups have users as members, and no groups. `membershipFilters`: the store does not say `resolvesMembership`.
   */
  readonly without?: Readonly<Partial<Record<OptionalPart, string>>> | undefined
  /** Ids of two tenants, or of the only one that the store has. Default: `default` and `other`. */
  readonly tenants?: readonly string[] | undefined
  /**
   * Definition of the users that the store keeps. It needs `userName`, unique without regard to case; tests write no other
   * attributes than it has. Default: User with many, and with an extension of difficult names.
   */
  readonly user?: ResourceDefinition | undefined
  /** Definition of the groups that the store keeps; it needs `displayName`. Default: `groupResource`. */
  readonly group?: ResourceDefinition | undefined
  /**
   * Ids, at least nine, of users that exist in any new store, for members that live in another table. Default: users
   * that the tests create in the store before they become members.
   */
  readonly memberIds?: readonly string[] | undefined
}

/**
 * Tests a store against everything that the handler relies on. It runs in any test runner with `describe` and `it`.
 *
 * @param createStore Makes an empty store for one test.
 * @param options The functions of the test runner, what the store keeps, and what it leaves out.
 * @throws {TypeError} When an option makes no sense.
 * @example
 * import { describe, it } from 'vitest'
 * describeResourceStore(() => memoryStore(), { describe, it })
 */
export function describeResourceStore(
  createStore: () => StoreUnderTest | Promise<StoreUnderTest>,
  options: StoreContractOptions,
): void {
  const { describe, it, without = {} } = options
  const contract = readContract(options)
  const test: StoreTest = (name, body, leftOut) => {
    if (leftOut === undefined) it(name, () => runTest(createStore, contract, body))
    else if (it.skip) it.skip(`${name} (left out: ${leftOut})`, async () => undefined)
    else console.info(`${name} (left out: ${leftOut})`)
  }
  const left = Object.entries(without).map(([part, reason]) => `without ${part}: ${reason}`)
  describe(['resource store', ...left].join(', '), () => {
    describe('resources', () => resourcesSuite(test, contract))
    describe('uniqueness', () => uniquenessSuite(test, contract))
    describe('queries', () => querySuite(test, contract))
    describe('tenants and hostile names', () => tenantsSuite(test, contract))
    if (without.members === undefined) {
      describe('members', () => membersSuite(test, contract, without))
      describe('memberships', () => membershipsSuite(test, without))
    }
    if (without.transactions === undefined) describe('transactions', () => transactionsSuite(test))
    if (without.changes === undefined) describe('changes', () => changesSuite(test, contract))
    if (without.outbox === undefined) {
      describe('outbox', () => outboxSuite(test, contract))
      describe('outbox, random steps', () => outboxRandomSuite(test))
    }
  })
}

function readContract(options: StoreContractOptions): StoreContract {
  const {
    without = {},
    tenants = ['default', 'other'],
    user = contractUser,
    group = contractGroup,
    memberIds,
  } = options
  checkNames('describeResourceStore: without.', without, optionalParts)
  const { attribute } = findAttribute(user, 'userName') ?? {}
  if (!attribute || attribute.caseExact || attribute.uniqueness === 'none') {
    throw new TypeError('describeResourceStore: user needs userName, with a uniqueness and without caseExact')
  }
  if (!findAttribute(group, 'displayName')) throw new TypeError('describeResourceStore: group needs displayName')
  if (tenants.length === 0) throw new TypeError('describeResourceStore: tenants needs at least one id')
  if (memberIds && new Set(memberIds).size < 9) throw new TypeError('describeResourceStore: memberIds needs nine ids')
  return { tenants, user, group, memberIds: memberIds && [...new Set(memberIds)].sort() }
}

async function runTest(
  createStore: () => StoreUnderTest | Promise<StoreUnderTest>,
  contract: StoreContract,
  body: (fixture: StoreFixture) => Promise<void>,
): Promise<void> {
  const made = await createStore()
  const { store, close } = 'store' in made ? made : { store: made, close: () => undefined }
  store.serve?.(contract.user)
  store.serve?.(contract.group)
  try {
    await body(new StoreFixture(store, contract, { close }))
  } finally {
    await close()
  }
}
