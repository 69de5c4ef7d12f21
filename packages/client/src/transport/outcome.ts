import { ScimResponseError, ScimTransportError } from './errors.js'

/**
 * What a failed attempt says about its request: `final` will not change; `rejected` was not applied and may be sent
 * again; after `ambiguous` the client cannot know whether it was applied.
 */
export type Failure = 'final' | 'rejected' | 'ambiguous'

/**
 * Classifies the error of a failed attempt.
 *
 * @param error What the attempt threw.
 * @returns What it says about the request.
 */
export function classifyFailure(error: unknown): Failure {
  if (error instanceof ScimTransportError) {
    if (!error.passing) return 'final'
    return error.outcome === 'unknown' ? 'ambiguous' : 'rejected'
  }
  const status = statusOf(error)
  if (status === undefined) return 'final'
  if (status === 429 || status === 425) return 'rejected'
  return status === 408 || (status >= 500 && status !== 501 && status !== 505) ? 'ambiguous' : 'final'
}

/**
 * Finds the status of an error response.
 *
 * @param error What an attempt threw.
 * @returns The status; `undefined` where no error response came.
 */
export function statusOf(error: unknown): number | undefined {
  return error instanceof ScimResponseError ? error.status : undefined
}

/**
 * Tells whether an error says itself that the write may have been applied.
 *
 * @param error What an attempt threw, or what came of an operation.
 * @returns Whether its outcome is `unknown`.
 */
export function isOutcomeUnknown(error: unknown): boolean {
  return error instanceof ScimTransportError && error.outcome === 'unknown'
}

/**
 * Creates the error of a write that may have been applied.
 *
 * @param message Why the outcome is unknown.
 * @param cause Why the write has no usable response.
 * @returns The error, its outcome `unknown`.
 */
export function unknownOutcome(message: string, cause: unknown): ScimTransportError {
  const { reason = 'invalid-response' } = cause instanceof ScimTransportError ? cause : {}
  const known = cause instanceof ScimTransportError || cause instanceof ScimResponseError
  const request = known ? cause.request : undefined
  return new ScimTransportError(reason, message, { outcome: 'unknown', cause, request })
}
