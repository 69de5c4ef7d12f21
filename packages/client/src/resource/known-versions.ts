import type { Connection } from '../transport/connection.js'
import { oncePerClient } from '../transport/once.js'

/** Entity tags of the resources that a client has read, the newest alone. */
export interface KnownVersions {
  get(key: string): string | undefined
  /** Remembers a tag; `undefined` forgets the one before. */
  set(key: string, version: string | undefined): void
}

/** The memory of a client. */
export const versionsOf: (connection: Connection) => KnownVersions = /* @__PURE__ */ oncePerClient(() =>
  createKnownVersions(),
)

/**
 * Creates a memory of versions.
 *
 * @param size Number of resources remembered; the one not read or written for longest goes first.
 * @returns The memory, empty.
 */
export function createKnownVersions(size = 10_000): KnownVersions {
  const versions = new Map<string, string>()
  // One iterator is kept: it goes on behind what was forgotten, where a new one would skip all of that again.
  let oldest = versions.keys()
  return {
    get: (key) => versions.get(key),
    set(key, version) {
      versions.delete(key)
      if (version === undefined) return
      versions.set(key, version)
      if (versions.size <= size) return
      let next = oldest.next()
      if (next.done) {
        oldest = versions.keys()
        next = oldest.next()
      }
      if (!next.done) versions.delete(next.value)
    },
  }
}

/**
 * Finds the entity tag of a resource that has been received.
 *
 * @param headers Headers of the response, where the response is the resource itself.
 * @param resource The resource.
 * @returns The tag; `undefined` when there is none, or `meta.version` is not an entity tag.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.14
 */
export function versionOf(headers: Headers | undefined, resource: unknown): string | undefined {
  const { meta } = (resource ?? {}) as { meta?: { version?: unknown } | null } // the parts of any JSON object
  const version = headers?.get('etag') ?? meta?.version
  return typeof version === 'string' && /^(W\/)?"[^"]*"$/.test(version) ? version : undefined
}
