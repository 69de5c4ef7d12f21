export {
  describeResourceStore,
  type OptionalPart,
  type StoreContractOptions,
  type StoreUnderTest,
  type TestRunner,
} from './testing/describe-resource-store.js'
