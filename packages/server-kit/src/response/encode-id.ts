/**
 * Encodes an id as one segment of a URL. Ids are mostly made of letters that need no encoding, and looking is cheaper
 * than encoding.
 *
 * @param id Any id.
 * @returns The segment.
 */
export function encodeId(id: string): string {
  return /^[\w.~-]+$/.test(id) ? id : encodeURIComponent(id)
}
