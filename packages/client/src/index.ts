export { type Authenticate, basic, bearer } from './authenticate.js'
export type { BulkEntry, BulkResult } from './bulk-ledger.js'
export type { BulkOptions } from './bulk-run.js'
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
} from './client-errors.js'
export type { FindingWeight } from './compare-attributes.js'
export type { ClientHooks, ClientNote, RequestEvent, ResponseEvent, RetryEvent } from './connection.js'
export { createScimClient, type ScimClient, type ScimClientOptions, type ServiceClient } from './create-scim-client.js'
export type { Discovery } from './discovery-client.js'
export type { DiscoveryFinding } from './find-discovery-faults.js'
export type { InvalidResource } from './inspect-resource.js'
export type { MeClient } from './me-client.js'
export type { NarrowedResource, PatchedResource } from './narrowed-resource.js'
export { patch } from './patch.js'
export type { Patch, PatchBuilder, PatchPathsOf, Settable } from './patch-builder.js'
export { patchFrom } from './patch-from.js'
export type { RawMethod, RawOptions, RawPathOf, RawResponse } from './raw-request.js'
export type {
  FilterOf,
  ListOptions,
  Page,
  PageOptions,
  PatchOf,
  RequestOptions,
  ResourceClient,
} from './resource-client.js'
export type { ResourceTypes, TypedDefinition, TypesOf, UntypedResource } from './resource-types.js'
