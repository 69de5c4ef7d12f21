import type { StoreContext, StoredResource, StorePage, StoreQuery } from '@scimkit/server-kit'
import type { ChangeTracker } from '../database/change-tracker.js'
import type { SqlSession } from '../database/sql-session.js'
import type { ServedType } from '../indexes/served-type.js'
import { findIdAfter, parseRow, readRows, readRowsAfter } from '../tables/resources-table.js'
import { findScope, readTotal } from '../tables/scopes-table.js'
import { collectAfter, collectMatches, type Listing, type Match, type QueryTarget } from './collect-matches.js'
import { planCandidates } from './plan-candidates.js'
import { parsePosition, stringifyPosition } from './position.js'
import type { QueryMemory } from './query-memory.js'
import { compareBy } from './sort-key.js'

type Page = StorePage<StoredResource>

/** What a query may lean on. */
export interface QuerySupport {
  readonly session: SqlSession
  /** Absent within a transaction, whose data nobody else may see. */
  readonly memory?: QueryMemory | undefined
  readonly tracker: ChangeTracker
}

/**
 * Answers a query of the port.
 *
 * @param support View to read through, and what is remembered of earlier queries.
 * @param context Tenant and resource type.
 * @param type What the store knows of the type.
 * @param query The query.
 * @returns The page; `totalResults` wherever it is known without looking at everything just for it.
 */
export async function queryResources(
  support: QuerySupport,
  context: StoreContext,
  type: ServedType,
  query: StoreQuery,
): Promise<Page> {
  const scope = await support.session.read((connection) => findScope(connection, context))
  if (!scope) return { resources: [], totalResults: 0 }
  if (support.memory) support.tracker.checkOthers()
  const target = { scope, type, resourceType: context.resourceType, signal: context.signal }
  if (!query.filter && !query.sortBy)
    return 'after' in query.page ? pageAfter(support, target, query) : pageAt(support, target, query)
  if ('after' in query.page && query.filter && !query.sortBy && !planCandidates(query.filter, type)) {
    return scanAfter(support, target, query)
  }
  return pageOf(support, target, query)
}

/** All resources, behind an id. */
async function pageAfter({ session }: QuerySupport, target: QueryTarget, { page }: StoreQuery): Promise<Page> {
  const { scope } = target.scope
  const after = 'after' in page && page.after !== undefined ? parsePosition(page.after, false).id : ''
  return session.read((connection) => {
    const rows = readRowsAfter(connection, scope, after, page.count + 1)
    const resources = rows.slice(0, page.count).map((row) => parseRow(row, target.resourceType))
    return {
      resources,
      totalResults: readTotal(connection, scope),
      ...nextOf(placeOf(resources), rows.length > page.count),
    }
  })
}

/** All resources, from an index on: read on from the nearest known boundary, not from the start. */
async function pageAt({ session, memory }: QuerySupport, target: QueryTarget, { page }: StoreQuery): Promise<Page> {
  const { scope } = target.scope
  const startIndex = 'startIndex' in page ? page.startIndex : 1
  return session.read((connection) => {
    const totalResults = readTotal(connection, scope)
    if (page.count === 0 || startIndex > totalResults) return { resources: [], totalResults }
    const near = memory?.findBoundary(scope, startIndex) ?? { index: 1, id: '' }
    const skip = startIndex - near.index
    const after = skip === 0 ? near.id : (findIdAfter(connection, scope, near.id, skip - 1) ?? '\u{10ffff}')
    const rows = readRowsAfter(connection, scope, after, page.count)
    const resources = rows.map((row) => parseRow(row, target.resourceType))
    const last = placeOf(resources)
    if (last) memory?.keepBoundary(scope, { index: startIndex + resources.length, id: last.id })
    return { resources, totalResults, ...nextOf(last, startIndex + resources.length <= totalResults) }
  })
}

/** Matches that no index finds, behind an id: as many as wanted, without a total. */
async function scanAfter({ session }: QuerySupport, target: QueryTarget, { filter, page }: StoreQuery): Promise<Page> {
  if (!filter || !('after' in page)) return { resources: [] }
  const after = page.after === undefined ? '' : parsePosition(page.after, false).id
  const found = await collectAfter(session, target, filter, { after, count: page.count + 1 })
  const resources = found.slice(0, page.count)
  return { resources, ...nextOf(placeOf(resources), found.length > page.count) }
}

/** A page of a listing that is known as a whole. */
async function pageOf(support: QuerySupport, target: QueryTarget, query: StoreQuery): Promise<Page> {
  const { page } = query
  const listing = await readListing(support, target, query)
  const start = 'after' in page ? findPlace(listing, query, page.after) : page.startIndex - 1
  const wanted = listing.slice(start, start + page.count)
  const resources = await support.session.read((connection) =>
    readRows(
      connection,
      target.scope.scope,
      wanted.map(({ resource }) => resource),
    ).map((row) => parseRow(row, target.resourceType)),
  )
  const next = nextOf(wanted.at(-1), start + wanted.length < listing.length)
  return { resources, totalResults: listing.length, ...next }
}

async function readListing(
  { session, memory, tracker }: QuerySupport,
  target: QueryTarget,
  query: StoreQuery,
): Promise<Listing> {
  if (!memory || isCheap(query, target)) return collectMatches(session, target, query)
  const key = JSON.stringify([target.scope.scope, query.filter, sortPath(query), query.sortOrder])
  const known = memory.findListing(key)
  if (known) return known
  const seen = memory.changesSeen()
  const listing = await collectMatches(session, target, query)
  tracker.checkOthers()
  memory.keepListing(key, target.scope.tenant, listing, seen)
  return listing
}

/** What an index answers at once need not be remembered. */
function isCheap({ filter, sortBy }: StoreQuery, { type }: QueryTarget): boolean {
  return filter !== undefined && sortBy === undefined && planCandidates(filter, type)?.exact === true
}

function sortPath({ sortBy }: StoreQuery): readonly (string | undefined)[] {
  return [sortBy?.extension?.id, sortBy?.attribute?.name, sortBy?.subAttribute?.name]
}

/** First place behind a position; what it names may be gone by now. */
function findPlace(listing: Listing, query: StoreQuery, after: string | undefined): number {
  if (after === undefined) return 0
  const position = parsePosition(after, query.sortBy !== undefined)
  const compare = compareBy(query.sortOrder)
  const place = listing.findIndex((match) => compare(match, position) > 0)
  return place < 0 ? listing.length : place
}

function nextOf(last: Pick<Match, 'id' | 'key'> | undefined, more: boolean): { next?: string } {
  return last && more ? { next: stringifyPosition({ id: last.id, key: last.key }) } : {}
}

function placeOf(resources: readonly StoredResource[]): { readonly id: string } | undefined {
  const last = resources.at(-1)
  return last && { id: last.id }
}
