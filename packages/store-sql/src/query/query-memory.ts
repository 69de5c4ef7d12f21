import { compareText } from '@scimkit/core/schema'
import type { ChangeListener, TrackedChange } from '../sqlite/change-tracker.js'
import type { Scope } from '../sqlite/statements/scopes.js'
import type { Listing } from './collect-matches.js'

/** Listings are kept while they hold no more than this many resources together. */
const roomForListings = 250_000
/** Boundaries of pages kept for each scope: enough to walk a million resources. */
const roomForBoundaries = 20_000
const roomForScopes = 200

/** Place where a page may begin: the resource with this 1-based index is the first one behind the id. */
interface Boundary {
  index: number
  readonly id: string
}

/** Changed resources that a listing looks at again; with more of them it is read anew. */
const roomForChanged = 500

/** How far the changes reach that a listing has to be read anew for. */
export type Reach = 'none' | 'others' | 'all'

/** A listing that may be kept. */
export interface KeptListing {
  readonly scope: Scope
  /** Which changes may change it beyond the resource that changed: none, those of other types, or all. */
  readonly reach: Reach
  readonly listing: Listing
}

/** Makes a listing of one that was read before some resources changed. */
export type Renew = (known: { readonly listing: Listing; readonly ids: ReadonlySet<string> }) => Listing

/**
 * What makes the next page of a walk cheap. Everything in it is true of the data as it is now: each change adjusts or
 * drops what it touches, so no answer ever depends on what is remembered.
 */
export interface QueryMemory extends ChangeListener {
  /** Whether a listing was kept, even if it has to be read anew. */
  hasListing(key: string): boolean
  /** @param renew Called where resources have changed since; to be called with the data as they are now. */
  findListing(key: string, renew: Renew): Listing | undefined
  /** @param seen What `changesSeen` answered before the listing was read; with another answer now it is out of date. */
  keepListing(key: string, kept: KeptListing, seen: number): void
  changesSeen(): number
  /** The last boundary at or before a 1-based index. */
  findBoundary(scope: number, index: number): Readonly<Boundary>
  keepBoundary(scope: number, boundary: Readonly<Boundary>): void
}

/** @returns An empty memory, for one store. */
export function createQueryMemory(): QueryMemory {
  const listings = new Map<string, KeptListing & { readonly changed: Set<string>; isOutdated: boolean }>()
  const boundaries = new Map<number, Boundary[]>()
  let room = roomForListings
  let changes = 0

  function dropListing(key: string): void {
    room += listings.get(key)?.listing.length ?? 0
    listings.delete(key)
  }

  function keep(key: string, kept: KeptListing): void {
    dropListing(key)
    const { length } = kept.listing
    if (length > roomForListings) return
    for (const oldest of listings.keys()) {
      if (room >= length && listings.size < roomForScopes) break
      dropListing(oldest)
    }
    listings.set(key, { ...kept, changed: new Set(), isOutdated: false })
    room -= length
  }

  function note({ tenant, scope, id }: TrackedChange): void {
    for (const kept of listings.values()) {
      if (kept.scope.tenant !== tenant || kept.isOutdated) continue
      const isOwn = kept.scope.scope === scope
      if (isOwn) kept.changed.add(id)
      kept.isOutdated =
        kept.reach === 'all' || (kept.reach === 'others' && !isOwn) || kept.changed.size > roomForChanged
    }
  }

  return {
    hasListing: (key) => listings.has(key),
    findListing(key, renew) {
      const kept = listings.get(key)
      if (!kept || kept.isOutdated) return undefined
      if (kept.changed.size === 0) return kept.listing
      const listing = renew({ listing: kept.listing, ids: kept.changed })
      keep(key, { ...kept, listing })
      return listing
    },
    keepListing(key, kept, seen) {
      if (seen === changes) keep(key, kept)
    },
    changesSeen: () => changes,
    findBoundary(scope, index) {
      const known = boundaries.get(scope) ?? []
      return known[countUntil(known, (boundary) => boundary.index <= index) - 1] ?? { index: 1, id: '' }
    },
    keepBoundary(scope, boundary) {
      const known = boundaries.get(scope) ?? []
      boundaries.delete(scope)
      if (boundaries.size >= roomForScopes)
        for (const oldest of boundaries.keys()) return void boundaries.delete(oldest)
      boundaries.set(scope, known)
      if (known.length >= roomForBoundaries) known.length = 0
      const place = countUntil(known, (other) => other.index < boundary.index)
      if (known[place]?.index === boundary.index) return
      known.splice(place, 0, { ...boundary })
    },
    changed(change: TrackedChange) {
      changes++
      note(change)
      const { scope, id, kind } = change
      if (kind !== 'create' && kind !== 'delete') return
      const known = boundaries.get(scope) ?? []
      const shift = kind === 'create' ? 1 : -1
      for (let place = countUntil(known, (one) => compareText(one.id, id) < 0); place < known.length; place++) {
        const boundary = known[place]
        if (boundary) boundary.index += shift
      }
    },
    forget() {
      changes++
      listings.clear()
      boundaries.clear()
      room = roomForListings
    },
  }
}

/** Number of entries at the start of an ordered list for which something holds. */
function countUntil<T>(list: readonly T[], holds: (entry: T) => boolean): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    const entry = list[middle]
    if (entry !== undefined && holds(entry)) low = middle + 1
    else high = middle
  }
  return low
}
