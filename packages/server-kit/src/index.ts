export { type BearerCredential, type BearerTokenOptions, bearerToken } from './bearer-token.js'
export type {
  ChangeOutbox,
  ClaimedChanges,
  KeptChange,
  KeptChanges,
  OutboxChange,
  OutboxKey,
  OutboxLease,
  OutboxOutcome,
  OutboxSelection,
} from './change-outbox.js'
export type { Note } from './compatibility/reading.js'
export { createScimHandler, type ScimServiceProvider } from './create-scim-handler.js'
export { type MemoryStoreOptions, memoryStore } from './memory/memory-store.js'
export type { HandlerLimits } from './service/handler-limits.js'
export type {
  Authenticate,
  AuthenticationScheme,
  FailedChange,
  RequestInfo,
  ScimHandlerOptions,
  ScimHooks,
} from './service/handler-options.js'
export { type Mount, mount, type Stored } from './service/mount.js'
export type {
  ActivateChange,
  AfterHooks,
  BeforeHooks,
  DeactivateChange,
  DeprovisionChange,
  HookContext,
  JoinChange,
  LeaveChange,
  MadeChange,
  ProvisionChange,
  ScimChange,
  ScimChanges,
  UpdateChange,
} from './service/scim-change.js'
export type { ScimHandler } from './service/scim-handler.js'
export type {
  Member,
  Membership,
  MembershipChange,
  MembershipPort,
  MembershipWrite,
  PageRequest,
  ResourceStore,
  StoreChange,
  StoredMeta,
  StoredResource,
  StorePage,
  StoreQuery,
} from './store.js'
export type { Principal, StoreContext, TenantId } from './store-context.js'
export type { PendingChange, PendingChanges } from './write/pending-changes.js'
export type { Redelivery } from './write/redeliver.js'
