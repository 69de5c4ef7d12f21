import type { StoredResource } from '@scimkit/server-kit'

/** Parses the document of a row, which was written from a resource. */
export function parseDocument(document: string): StoredResource {
  return JSON.parse(document) // written from a resource
}

/**
 * Parses a version, which is the text of a counter.
 *
 * @throws {TypeError} When it is not a whole number in text.
 */
export function parseVersion(version: string): number {
  const counter = Number(version)
  if (Number.isSafeInteger(counter) && String(counter) === version) return counter
  throw new TypeError('meta.version must be the text of a counter')
}
