import { ScimTransportError } from './client-errors.js'

/**
 * Makes the error of a write that nobody can tell about.
 *
 * @param message Why nobody can.
 * @param cause Why the write has no usable answer.
 * @returns The error, its outcome `unknown`.
 */
export function unknownOutcome(message: string, cause: unknown): ScimTransportError {
  const { reason = 'invalid-response', request = undefined } = cause instanceof ScimTransportError ? cause : {}
  return new ScimTransportError(reason, message, { outcome: 'unknown', cause, request })
}
