import type { MissingFeature } from '@scimkit/core/profiles'
import type { PatchOperation } from '@scimkit/core/schema'
import type { Call } from './call.js'

/** What a client does because of the server's profile. */
export interface ServerRules {
  /** @throws {TypeError} When the server lacks the feature. */
  require(feature: MissingFeature): void
  /**
   * Brings a request into the form that the server accepts.
   *
   * @throws {TypeError} When the server accepts it in no form; the sentence names the profile.
   */
  prepare(call: Call): Call
  /**
   * Waits until the server's rates allow an attempt.
   *
   * @throws {OutOfTime} At once, when the wait does not fit the call's budget.
   */
  pace(call: Call): Promise<void>
  /** Learns that the server answered a request with 429, and holds similar requests back for some milliseconds. */
  slow(call: Call, delay: number): void
  /** Reduces a page size to the server's largest. */
  clampCount(count: number | undefined): number | undefined
  /** Cuts the operations of a PATCH into those of several; one part where all fit into one. */
  split(endpoint: string, operations: readonly PatchOperation[]): readonly (readonly PatchOperation[])[]
}
