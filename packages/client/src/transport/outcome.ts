import { ScimResponseError, ScimTransportError } from './errors.js'

/**
 * Makes the error of a write whose outcome is unknown.
 *
 * @param message Why it is.
 * @param cause Why the write has no usable answer.
 * @returns The error, its outcome `unknown`.
 */
export function unknownOutcome(message: string, cause: unknown): ScimTransportError {
  const { reason = 'invalid-response' } = cause instanceof ScimTransportError ? cause : {}
  const known = cause instanceof ScimTransportError || cause instanceof ScimResponseError
  const request = known ? cause.request : undefined
  return new ScimTransportError(reason, message, { outcome: 'unknown', cause, request })
}
