import { ScimError } from '@scimkit/core/schema'
import type { IncomingRequest } from '../service/request-context.js'

/**
 * Checks the conditional headers of a request that writes.
 *
 * @param incoming Request with or without `If-Match` and `If-None-Match`.
 * @param version Counter of the stored resource, as text.
 * @throws {ScimError} 412 when `If-Match` names another version or `If-None-Match` this one.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.14
 */
export function checkPrecondition(incoming: IncomingRequest, version: string): void {
  const wanted = incoming.header('if-match')
  if (wanted !== null && !matchesVersion(wanted, version)) {
    throw new ScimError(412, 'The resource has another version than If-Match names; read it again')
  }
  const unwanted = incoming.header('if-none-match')
  if (unwanted !== null && matchesVersion(unwanted, version)) {
    throw new ScimError(412, 'The resource has the version that If-None-Match excludes')
  }
}

/**
 * Tells whether a request writes only under a condition; a lost race is then the client's to resolve.
 *
 * @param incoming Request.
 * @returns Whether it has `If-Match` or `If-None-Match`.
 */
export function isConditional(incoming: IncomingRequest): boolean {
  return incoming.header('if-match') !== null || incoming.header('if-none-match') !== null
}

/**
 * Tells whether the client of a GET already has the stored version.
 *
 * @param incoming Request.
 * @param version Counter of the stored resource, as text.
 * @returns Whether the response is 304.
 * @throws {ScimError} 412 when `If-Match` names another version.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.14
 */
export function isNotModified(incoming: IncomingRequest, version: string): boolean {
  const wanted = incoming.header('if-match')
  if (wanted !== null && !matchesVersion(wanted, version)) {
    throw new ScimError(412, 'The resource has another version than If-Match names')
  }
  const known = incoming.header('if-none-match')
  return known !== null && matchesVersion(known, version)
}

/**
 * Weak comparison for both headers: SCIM's own examples put weak tags into `If-Match`, where RFC 7232 would let them
 * never match.
 */
function matchesVersion(header: string, version: string): boolean {
  if (header.trim() === '*') return true
  const tag = toEntityTag(version).slice(2)
  return header.split(',').some((candidate) => {
    const trimmed = candidate.trim()
    return (trimmed.startsWith('W/') ? trimmed.slice(2) : trimmed) === tag
  })
}

/**
 * Writes a version as the entity tag that `ETag` and `meta.version` carry. It is weak: two responses of one version may
 * differ by projection.
 *
 * @param version Counter of the resource, as text.
 * @returns Such as `W/"3"`.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.14
 */
export function toEntityTag(version: string): string {
  return `W/"${version}"`
}
