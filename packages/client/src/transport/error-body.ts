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
  const { detail, scimType, Errors, message, error_description: described } = body as Readonly<Record<string, unknown>>
  const first: unknown = Array.isArray(Errors) ? Errors[0] : Errors
  const texts = [detail, (first as { description?: unknown } | undefined | null)?.description, message, described]
  return {
    detail: texts.find((text) => typeof text === 'string' && text !== '') as string | undefined, // find() cannot narrow
    scimType: typeof scimType === 'string' && scimType !== '' ? scimType : undefined,
  }
}
