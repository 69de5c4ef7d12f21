import { ScimError, type ScimType } from '@scimkit/core/schema'

/**
 * Makes the error that refuses an operation.
 *
 * @param scimType Keyword of RFC 7644 §3.12, table 9.
 * @param detail Sentence that names the attribute path, never a value.
 * @param cause What led to the error.
 * @returns The error, with status 400.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.12
 */
export function badRequest(scimType: ScimType, detail: string, cause?: unknown): ScimError {
  return new ScimError(400, detail, { scimType, cause })
}
