import type { ScimError } from '@scimkit/core/schema'

/** Headers of every answer of the protocol, those that the handler does not give among them. */
export const protocolHeaders = {
  'content-type': 'application/scim+json',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
} as const

/**
 * Answers in the handler's place.
 *
 * @param error Error for the wire.
 * @returns The answer with the Error message.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.12
 */
export function answerError(error: ScimError): Response {
  return new Response(JSON.stringify(error.toJSON()), { status: error.status, headers: protocolHeaders })
}
