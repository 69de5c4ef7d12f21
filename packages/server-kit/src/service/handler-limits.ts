import { checkNames } from '../check-names.js'

/** Bounds that the handler keeps; each has a default. */
export interface HandlerLimits {
  /** Largest request body, bytes. Default 1,048,576: 8,000 members of a group are about 800,000. */
  readonly maxBodyBytes: number
  /** Deepest nesting of a JSON body. Default 32. */
  readonly maxJsonDepth: number
  /** Largest number of object members in a JSON body. Default 100,000. */
  readonly maxJsonMembers: number
  /** Largest number of operations in a PATCH request. Default 1,000. */
  readonly maxPatchOperations: number
  /** Largest number of operations in a bulk request. Default 1,000. */
  readonly maxBulkOperations: number
  /** Largest body of a bulk request, bytes. Default 1,048,576. */
  readonly maxBulkBytes: number
  /** Longest filter, UTF-16 units. Default 8,192. */
  readonly maxFilterLength: number
  /** Deepest nesting of a filter. Default 32. */
  readonly maxFilterDepth: number
  /** Largest number of terms in a filter. Default 256. */
  readonly maxFilterTerms: number
  /** Resources of a page when the client gives no count. Default 100. */
  readonly defaultPageSize: number
  /** Largest page; a larger count is clamped. Default 1,000. */
  readonly maxPageSize: number
  /** Seconds that a cursor is taken for after its page was sent. Default 3,600. */
  readonly cursorTimeout: number
  /** Milliseconds that a response waits for the after-hooks of its request; then they go on without it. Default 10,000. */
  readonly afterHookWait: number
  /** Milliseconds after which a hook that has not settled counts as failed, and its signal is aborted. Default 30,000. */
  readonly hookTimeout: number
  /** Number of failed calls after which a change is parked: delivered again only on request. Default 20. */
  readonly maxHookAttempts: number
}

const defaults: HandlerLimits = {
  maxBodyBytes: 1_048_576,
  maxJsonDepth: 32,
  maxJsonMembers: 100_000,
  maxPatchOperations: 1_000,
  maxBulkOperations: 1_000,
  maxBulkBytes: 1_048_576,
  maxFilterLength: 8_192,
  maxFilterDepth: 32,
  maxFilterTerms: 256,
  defaultPageSize: 100,
  maxPageSize: 1_000,
  cursorTimeout: 3_600,
  afterHookWait: 10_000,
  hookTimeout: 30_000,
  maxHookAttempts: 20,
}

/**
 * Fills in the limits that an application leaves out.
 *
 * @param given Limits that differ from the defaults.
 * @returns All limits.
 * @throws {TypeError} For an unknown limit or one that is not a positive integer.
 */
export function resolveLimits(given: Partial<HandlerLimits> = {}): HandlerLimits {
  checkNames('createScimHandler: limits.', given, Object.keys(defaults))
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined && !(Number.isSafeInteger(value) && value > 0)) {
      throw new TypeError(`createScimHandler: limits.${name} must be a positive integer`)
    }
  }
  const set = Object.entries(given).filter(([, value]) => value !== undefined)
  const limits = { ...defaults, ...Object.fromEntries(set) }
  return { ...limits, defaultPageSize: Math.min(limits.defaultPageSize, limits.maxPageSize) }
}
