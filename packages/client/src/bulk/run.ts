import type { ResourceContext } from '../resource/context.js'
import { idOfLocation } from '../resource/resource-path.js'
import type { CallScope } from '../transport/call.js'
import type { Connection } from '../transport/connection.js'
import type { RequestOptions } from '../transport/request-options.js'
import { type BulkEntry, type BulkItem, isFailed, notApplied } from './ledger.js'

/** Options of a bulk call. */
export interface BulkOptions
  extends Omit<RequestOptions<never, never>, 'attributes' | 'excludedAttributes' | 'ifMatch'> {
  /** Number of failed operations after which no more are carried out; none unless given. */
  readonly failOnErrors?: number | undefined
  /**
   * Whether a server without bulk gets one request for each operation, in their order; `true` unless given. With `false`
   * the call is rejected with a `ScimError` 501.
   */
  readonly singleRequests?: boolean | undefined
}

/** What bulk requests are sent through. */
export interface BulkClient {
  readonly connection: Connection
  /** The client's resource types, for looking. */
  readonly contexts: readonly ResourceContext[]
}

/** A bulk call on its way. */
export interface BulkRun extends BulkClient {
  readonly options: BulkOptions
  /** Operations that have still to be sent. */
  readonly waiting: BulkItem[]
  readonly settled: BulkEntry[]
  /** Ids of resources that the call has created, by bulkId. */
  readonly ids: Map<string, string>
  /** Creates the scope of one request. */
  readonly scope: () => CallScope
}

/**
 * Counts how many more operations may fail.
 *
 * @param run The call.
 * @returns The number; `undefined` without a limit, 0 once the limit is reached and what waited has been given up.
 */
export function failuresLeft({ options, settled, waiting }: BulkRun): number | undefined {
  if (!options.failOnErrors) return undefined
  const left = Math.max(0, options.failOnErrors - settled.filter(isFailed).length)
  if (left === 0) settled.push(...waiting.splice(0).map((item) => notApplied(item, tooManyFailed)))
  return left
}

/** Why an operation behind the last allowed failure is not carried out. */
export const tooManyFailed = 'Not carried out: too many operations had failed'

/**
 * Keeps the id of a created resource, for references to it.
 *
 * @param ids Ids by bulkId; it is changed.
 * @param entry A line of the ledger.
 */
export function keepId(ids: Map<string, string>, { bulkId, location = '', error }: BulkEntry): void {
  const id = idOfLocation(location)
  if (bulkId !== undefined && id !== undefined && !error) ids.set(bulkId, id)
}
