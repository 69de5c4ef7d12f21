import type { Attribute } from '@scimkit/core/schema'

/**
 * Makes base64 texts of the same octets equal: padding and the url alphabet mean nothing.
 *
 * @param text Base64.
 * @returns The text without padding, in the standard alphabet.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.3.6
 */
export function normalizeBinary(text: string): string {
  return text
    .replace(/={1,2}$/, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/')
}

/**
 * Makes URIs of the same resource equal: they may differ in the segment that names the protocol's version.
 *
 * @param text URI, absolute or relative.
 * @returns The URI without a segment such as `v2`.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.4
 */
export function normalizeReference(text: string): string {
  return text.replace(/(^|\/)v\d+\//, '$1')
}

/**
 * Tells whether the values of an attribute lead to resources of the service, not to pages or schemas.
 *
 * @param attribute Any attribute.
 * @returns Whether its URIs may carry a version segment.
 */
export function isResourceReference(attribute: Attribute): boolean {
  return (
    attribute.type === 'reference' &&
    (attribute.referenceTypes ?? []).some((type) => type !== 'external' && type !== 'uri')
  )
}
