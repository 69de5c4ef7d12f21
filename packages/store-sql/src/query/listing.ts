import type { SortKey } from '@scimkit/filter-parser'
import type { ResourceKey } from '../sqlite/statements/resources.js'
import type { Scope } from '../sqlite/statements/scopes.js'

/** A resource of a listing, without its attributes. */
export interface Match extends ResourceKey {
  readonly key?: SortKey | null | undefined
}

/** All matches of a query, in its order. */
export type Listing = readonly Match[]

/** Which changes outdate a listing as a whole, beyond those of its own resources: none, those of other types, or all. */
export type Reach = 'none' | 'others' | 'all'

/** A listing that can be remembered. */
export interface ScopedListing {
  readonly scope: Scope
  readonly reach: Reach
  readonly listing: Listing
}

/** A listing of an earlier moment, and the resources that have changed since. */
export interface StaleListing {
  readonly listing: Listing
  readonly changedIds: ReadonlySet<string>
}
