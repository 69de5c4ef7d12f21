export {
  createScimClient,
  type ScimClient,
  type ScimClientOptions,
  type ServiceClient,
} from './api/create-scim-client.js'
export type { MeClient } from './api/me-client.js'
export type { NarrowedResource, PatchedResource } from './api/narrowed-resource.js'
export type { RawMethod, RawOptions, RawPathOf, RawResponse } from './api/raw-request.js'
export type {
  FilterOf,
  ListOptions,
  Page,
  PageOptions,
  PatchOf,
  RequestOptions,
  ResourceClient,
} from './api/resource-client.js'
export type { ResourceTypes, TypedDefinition, TypesOf, UntypedResource } from './api/resource-types.js'
export type { BulkEntry, BulkResult } from './bulk/ledger.js'
export type { BulkOptions } from './bulk/run.js'
export type { FindingWeight } from './discovery/compare-attributes.js'
export type { Discovery } from './discovery/discover.js'
export type { DiscoveryFinding } from './discovery/find-discovery-faults.js'
export { patch } from './patch/patch.js'
export type { Patch, PatchBuilder, PatchPathsOf, Settable } from './patch/patch-builder.js'
export { patchFrom } from './patch/patch-from.js'
export type { InvalidResource } from './resource/inspect-resource.js'
export { type Authenticate, basic, bearer } from './transport/authenticate.js'
export type { ClientHooks, ClientNote, RequestEvent, ResponseEvent, RetryEvent } from './transport/connection.js'
export {
  type Outcome,
  type PagingFault,
  type PatchLedger,
  type ReceivedResponse,
  ScimPagingError,
  ScimPartialPatchError,
  ScimResponseError,
  ScimTransportError,
  type SentRequest,
  type TransportErrorOptions,
} from './transport/errors.js'
