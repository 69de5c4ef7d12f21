import { collectMatches, refreshListing } from './collect-matches.js'
import { findReach } from './compile-matcher.js'
import type { Listing } from './listing.js'
import type { QueryRun } from './query-run.js'

/**
 * Reads all matches of a query: remembered ones, brought up to date, or new ones, which are remembered.
 *
 * @param run The query.
 * @returns The matches in the order of the query.
 */
export async function readListing(run: QueryRun): Promise<Listing> {
  const { session, memory, tracker, scope, type, query } = run
  if (!memory || isCheap(run)) return collectMatches(run)
  const key = listingKey(run)
  const known = await session.read((connection) =>
    memory.findListing(key, (stale) => refreshListing(connection, run, stale)),
  )
  if (known) return known
  const seen = memory.countChanges()
  const listing = await collectMatches(run)
  tracker.checkOtherProcesses()
  memory.addListing(key, { scope, reach: findReach(query, type), listing }, seen)
  return listing
}

/** Whether the matches of a query are remembered, even if they have to be read again. */
export function isListingKnown(run: QueryRun): boolean {
  return run.memory?.hasListing(listingKey(run)) ?? false
}

/** What an index finds at once need not be remembered. */
function isCheap({ plan, query }: QueryRun): boolean {
  return query.sortBy === undefined && plan?.exact === true
}

function listingKey({ scope, query }: QueryRun): string {
  const { filter, sortBy, sortOrder } = query
  const path = [sortBy?.extension?.id, sortBy?.attribute?.name, sortBy?.subAttribute?.name]
  return JSON.stringify([scope.scope, filter, path, sortOrder])
}
