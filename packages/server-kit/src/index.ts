/**
 * A SCIM 2.0 service provider. Use this entry wherever a server speaks `Request` and `Response`; `./node`, `./express`,
 * `./fastify` and `./next` connect it to the others.
 */

// The service provider: one function from the web's Request to its Response.

export { createScimHandler, type ScimServiceProvider } from './create-scim-handler.js'
export type { ScimHandlerOptions } from './service/handler-options.js'
export { type Mount, mount, type Stored } from './service/mount.js'
export type { ScimHandler } from './service/scim-handler.js'

// Options: limits, what an application is told about a request, and what was read beyond the RFC.

export type { Note } from './compatibility/reading.js'
export type { HandlerLimits } from './service/handler-limits.js'
export type { AuthenticationScheme, RequestInfo } from './service/handler-options.js'

// Who sends a request. `bearerToken` is for one or a few fixed tokens.

export { type BearerCredential, type BearerTokenOptions, bearerToken } from './bearer-token.js'
export type { Authenticate } from './service/handler-options.js'
export type { Principal } from './store/store-context.js'

// A store in memory, and the port that a store of your own implements (see `./testing` for its contract).

export { type MemoryStoreOptions, memoryStore } from './memory/memory-store.js'
export type {
  PageRequest,
  ResourceStore,
  StoreChange,
  StoredMeta,
  StoredResource,
  StorePage,
  StoreQuery,
} from './store/resource-store.js'
export type { StoreContext, TenantId } from './store/store-context.js'

// The part of the port for members of groups.

export type { Member, Membership, MembershipChange, MembershipPort, MembershipWrite } from './store/resource-store.js'

// The part of the port that keeps changes until their hooks have succeeded.

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
} from './store/change-outbox.js'

// Hooks, and the changes that they are told.

export type { FailedChange, ScimHooks } from './service/handler-options.js'
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
export type { PendingChange, PendingChanges } from './write/pending-changes.js'
export type { Redelivery } from './write/redeliver.js'
