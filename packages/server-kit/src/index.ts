export type { Principal } from './principal.js'
export type {
  Member,
  Membership,
  MembershipChange,
  MembershipPort,
  MembershipWrite,
  PageRequest,
  ResourceStore,
  StoreChange,
  StoreContext,
  StoredMeta,
  StoredResource,
  StorePage,
  StoreQuery,
  TenantId,
} from './resource-store.js'
