import type { StoredMeta } from '../store.js'

/**
 * The `meta` of a resource after a change.
 *
 * @param meta `meta` before it.
 * @param now Time of the change, ISO 8601.
 * @returns The version is one higher, and `lastModified` never before what it was, whatever became of the clock.
 */
export function raiseVersion(meta: StoredMeta, now: string): StoredMeta {
  return {
    ...meta,
    lastModified: now > meta.lastModified ? now : meta.lastModified,
    version: String(Number(meta.version) + 1),
  }
}
