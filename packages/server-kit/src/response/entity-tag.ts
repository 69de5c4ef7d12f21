/**
 * Writes a version as the entity tag that `ETag` and `meta.version` carry. It is weak: two answers of one version may
 * differ by projection.
 *
 * @param version Counter of the resource, as text.
 * @returns Such as `W/"3"`.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.14
 */
export function toEntityTag(version: string): string {
  return `W/"${version}"`
}
