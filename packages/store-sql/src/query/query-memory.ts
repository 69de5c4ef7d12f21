import type { ChangeListener } from '../sqlite/change-tracker.js'
import type { Listing, ScopedListing, StaleListing } from './listing.js'
import { type Boundary, createPageBoundaries } from './page-boundaries.js'

/** Brings a listing up to date after some resources have changed. */
export type Refresh = (stale: StaleListing) => Listing

/**
 * What makes the next page of a walk cheap. Everything in it is true of the data as they are now: each change adjusts or
 * drops what it touches, so no response ever depends on what is remembered.
 */
export interface QueryMemory extends ChangeListener {
  /** Whether a listing is remembered, even if it has to be read again. */
  hasListing(key: string): boolean
  /** @param refresh Called when resources have changed since. */
  findListing(key: string, refresh: Refresh): Listing | undefined
  /** @param seen What `countChanges` returned before the listing was read; a change since makes it worthless. */
  addListing(key: string, listing: ScopedListing, seen: number): void
  countChanges(): number
  /** Finds the last boundary at or before a 1-based index. */
  findBoundary(scope: number, index: number): Boundary
  addBoundary(scope: number, boundary: Boundary): void
}

/** Maximum numbers of what is remembered. */
export interface MemoryLimits {
  readonly listings: number
  /** Resources of all listings together. */
  readonly resources: number
  /** Changed resources of a listing that are looked at again; with more of them it is read as a whole. */
  readonly changes: number
  readonly scopes: number
  /** Boundaries of pages of one scope. */
  readonly boundaries: number
}

/** Boundaries for walking a million resources; listings for a walk of 200 clients at once. */
const usualLimits: MemoryLimits = {
  listings: 200,
  resources: 250_000,
  changes: 500,
  scopes: 200,
  boundaries: 20_000,
}

interface RememberedListing extends ScopedListing {
  readonly changedIds: Set<string>
  isOutdated: boolean
}

/**
 * Creates an empty memory, for one store.
 *
 * @param limits Beyond them, what was remembered first is dropped.
 */
export function createQueryMemory(limits: MemoryLimits = usualLimits): QueryMemory {
  const listings = new Map<string, RememberedListing>()
  const boundaries = createPageBoundaries(limits)
  let freeResources = limits.resources
  let changes = 0

  function drop(key: string): void {
    freeResources += listings.get(key)?.listing.length ?? 0
    listings.delete(key)
  }

  function remember(key: string, scoped: ScopedListing): void {
    drop(key)
    const { length } = scoped.listing
    if (length > limits.resources) return
    for (const oldest of listings.keys()) {
      if (freeResources >= length && listings.size < limits.listings) break
      drop(oldest)
    }
    listings.set(key, { ...scoped, changedIds: new Set(), isOutdated: false })
    freeResources -= length
  }

  return {
    hasListing: (key) => listings.has(key),
    findListing(key, refresh) {
      const known = listings.get(key)
      if (!known || known.isOutdated) return undefined
      if (known.changedIds.size === 0) return known.listing
      const listing = refresh(known)
      remember(key, { ...known, listing })
      return listing
    },
    addListing(key, listing, seen) {
      if (seen === changes) remember(key, listing)
    },
    countChanges: () => changes,
    findBoundary: (scope, index) => boundaries.find(scope, index),
    addBoundary: (scope, boundary) => boundaries.add(scope, boundary),
    changed(change) {
      changes++
      boundaries.changed(change)
      for (const known of listings.values()) {
        if (known.scope.tenant !== change.tenant || known.isOutdated) continue
        const isOwn = known.scope.scope === change.scope
        if (isOwn) known.changedIds.add(change.id)
        known.isOutdated =
          known.reach === 'all' || (known.reach === 'others' && !isOwn) || known.changedIds.size > limits.changes
      }
    },
    invalidate() {
      changes++
      listings.clear()
      boundaries.clear()
      freeResources = limits.resources
    },
  }
}
