import { isObject, type JsonObject } from '@scimkit/core/internal'
import { foldCase, urns } from '@scimkit/core/schema'

/** What could be read from the body of an error. */
export interface ErrorDetail {
  readonly detail?: string | undefined
  readonly scimType?: string | undefined
}

/**
 * Reads the body of an error as generously as servers write it: with or without `schemas`, with the `Errors` of SCIM 1.1
 * as a list or as one object, or with the `message` and `error_description` of gateways. HTML has no detail.
 *
 * @param body Parsed JSON, or text.
 * @returns Detail and keyword where there are any.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.12
 */
export function findErrorDetail(body: unknown): ErrorDetail {
  if (typeof body !== 'object' || body === null) return {}
  const { detail, scimType, Errors, message, error_description: described } = body as JsonObject
  const first: unknown = Array.isArray(Errors) ? Errors[0] : Errors
  const texts = [detail, (first as { description?: unknown } | undefined | null)?.description, message, described]
  return {
    detail: texts.find((text) => typeof text === 'string' && text !== '') as string | undefined, // find() cannot narrow
    scimType: typeof scimType === 'string' && scimType !== '' ? scimType : undefined,
  }
}

/**
 * Tells whether a body is an error: as RFC 7644 or SCIM 1.1 write it, or without `schemas` by its status.
 *
 * @param body Body of a response.
 * @returns Whether it is an error, whatever the status of the response says.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.12
 */
export function isErrorBody(body: unknown): boolean {
  if (!isObject(body)) return false
  const { id, status, Errors } = body
  if (hasSchema(body, urns.error)) return true
  if (id !== undefined) return false
  return (typeof Errors === 'object' && Errors !== null) || /^[45]\d\d$/.test(String(status))
}

/**
 * Tells whether a body names a message in its `schemas`; some servers send them as one text, even with JSON in it.
 *
 * @param body Body of a response.
 * @param urn URN of the message.
 * @returns Whether `schemas` holds the URN.
 */
export function hasSchema({ schemas }: JsonObject, urn: string): boolean {
  const wanted = foldCase(urn)
  const names = Array.isArray(schemas) ? schemas : typeof schemas === 'string' ? [schemas] : []
  return names.some((name) => typeof name === 'string' && foldCase(name).includes(wanted))
}
