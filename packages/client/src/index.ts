/** Use this entry to call a SCIM service provider; tokens from OAuth are in `./oauth`, spans in `./otel`. */

// The client and its credentials.

export type { ScimClientOptions } from './api/client-options.js'
export { createScimClient, type ScimClient, type ServiceClient } from './api/create-scim-client.js'
export { type Authenticate, basic, bearer } from './transport/authenticate.js'

// Resources: what the methods of a definition take and return.

export type { MeClient } from './api/me-client.js'
export type { NarrowedResource, PatchedResource } from './api/narrowed-resource.js'
export type { FilterOf, ListOptions, PageOptions, PatchOf, ResourceClient } from './api/resource-client.js'
export type { ResourceTypes, TypedDefinition, TypesOf, UntypedResource } from './api/resource-types.js'
export type { InvalidResource } from './resource/inspect-resource.js'
export type { Page } from './resource/read-page.js'
export type { RequestOptions } from './transport/request-options.js'

// Patches: built change by change, or from the difference of two resources.

export { patch } from './patch/patch.js'
export type { Patch, PatchBuilder, PatchPathsOf, Settable } from './patch/patch-builder.js'
export { patchFrom } from './patch/patch-from.js'

// The service provider as a whole: bulk, discovery, raw requests.

export type { RawMethod, RawOptions, RawPathOf, RawResponse } from './api/raw-request.js'
export type { BulkEntry, BulkResult } from './bulk/ledger.js'
export type { BulkOptions } from './bulk/run.js'
export type { FindingWeight } from './discovery/compare-attributes.js'
export type { Discovery } from './discovery/discover.js'
export type { DiscoveryFinding } from './discovery/find-discovery-faults.js'

// Failures, and what they carry.

export {
  type Outcome,
  type PagingFault,
  type PatchLedger,
  ScimPagingError,
  ScimPartialPatchError,
  ScimResponseError,
  ScimTransportError,
  type TransportErrorOptions,
} from './transport/errors.js'
export type { ReceivedResponse, SentRequest } from './transport/sent-request.js'

// Hooks that hear what the client does.

export type {
  AttemptEvent,
  ClientHooks,
  ClientNote,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
} from './transport/hooks.js'
