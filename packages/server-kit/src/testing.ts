/**
 * The contract of `ResourceStore`, for any test runner: use this entry to test a store of your own.
 */

export {
  describeResourceStore,
  type StoreContractOptions,
  type StoreUnderTest,
  type TestRunner,
} from './testing/describe-resource-store.js'
export type { OptionalPart } from './testing/store-contract.js'
