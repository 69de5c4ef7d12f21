export {
  describeResourceStore,
  type StoreContractOptions,
  type StoreUnderTest,
  type TestRunner,
} from './testing/describe-resource-store.js'
export type { OptionalPart } from './testing/store-contract.js'
