import { compareText } from '@scimkit/core/schema'
import type { ChangeListener, TrackedChange } from '../database/change-tracker.js'
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

/**
 * What makes the next page of a walk cheap. Everything in it is true of the data as it is now: each change adjusts or
 * drops what it touches, so no answer ever depends on what is remembered.
 */
export interface QueryMemory extends ChangeListener {
  findListing(key: string): Listing | undefined
  /** @param seen What `changesSeen` answered before the listing was read; with another answer now it is out of date. */
  keepListing(key: string, tenant: number, listing: Listing, seen: number): void
  changesSeen(): number
  /** The last boundary at or before a 1-based index. */
  findBoundary(scope: number, index: number): Readonly<Boundary>
  keepBoundary(scope: number, boundary: Readonly<Boundary>): void
}

/** @returns An empty memory, for one store. */
export function createQueryMemory(): QueryMemory {
  const listings = new Map<string, { readonly tenant: number; readonly listing: Listing }>()
  const boundaries = new Map<number, Boundary[]>()
  let room = roomForListings
  let changes = 0

  function dropListing(key: string): void {
    room += listings.get(key)?.listing.length ?? 0
    listings.delete(key)
  }

  return {
    findListing: (key) => listings.get(key)?.listing,
    keepListing(key, tenant, listing, seen) {
      if (seen !== changes || listing.length > roomForListings) return
      dropListing(key)
      for (const oldest of listings.keys()) {
        if (room >= listing.length && listings.size < roomForScopes) break
        dropListing(oldest)
      }
      listings.set(key, { tenant, listing })
      room -= listing.length
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
    changed({ tenant, scope, id, kind }: TrackedChange) {
      changes++
      for (const [key, kept] of listings) if (kept.tenant === tenant) dropListing(key)
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
