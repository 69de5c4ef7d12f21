import type { StoreContext, StoredResource, StorePage, StoreQuery } from '@scimkit/server-kit'
import type { ServedType } from '../indexes/served-type.js'
import type { ChangeTracker } from '../sqlite/change-tracker.js'
import type { SqlSession } from '../sqlite/create-session.js'
import { findIdAfter, parseDocument, readRows, readRowsAfter } from '../sqlite/statements/resources.js'
import { type FindScope, readTotal } from '../sqlite/statements/scopes.js'
import {
  collectAfter,
  collectMatches,
  type Listing,
  type Match,
  type QueryTarget,
  renewListing,
} from './collect-matches.js'
import { readReach } from './compile-matcher.js'
import { readUnique } from './find-candidates.js'
import { isUnique, planCandidates, type UniqueCandidate } from './plan-candidates.js'
import { comparePositions, parsePosition, stringifyPosition } from './position.js'
import type { QueryMemory } from './query-memory.js'

type Page = StorePage<StoredResource>

/** What a query may lean on. */
export interface QuerySupport {
  readonly session: SqlSession
  /** Absent within a transaction, whose data nobody else may see. */
  readonly memory?: QueryMemory | undefined
  readonly tracker: ChangeTracker
  readonly findScope: FindScope
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
  const plan = query.filter && planCandidates(query.filter, type)
  if (plan && isUnique(plan)) return pageOfOne(support, context, plan, query)
  const scope = await support.session.read((connection) => support.findScope(connection, context))
  if (!scope) return { resources: [], totalResults: 0 }
  const target = { scope, type, plan, signal: context.signal }
  const { filter, sortBy, page } = query
  if (!filter && !sortBy) return 'after' in page ? pageAfter(support, target, query) : pageAt(support, target, query)
  const goesOn = 'after' in page && page.after !== undefined
  if (filter && !plan && !sortBy && goesOn && !isRemembered(support, target, query)) {
    return scanAfter(support, target, query)
  }
  return pageOf(support, target, query)
}

/** The one resource with an id or a unique value: what identity providers ask most. */
async function pageOfOne(
  { session, findScope }: QuerySupport,
  context: StoreContext,
  plan: UniqueCandidate,
  { page, sortBy }: StoreQuery,
): Promise<Page> {
  const document = await session.read((connection) => {
    const scope = findScope(connection, context)
    return scope && readUnique(connection, scope, plan)
  })
  if (document === undefined) return { resources: [], totalResults: 0 }
  const first = 'after' in page ? page.after === undefined : page.startIndex <= 1
  if ('after' in page && page.after !== undefined) parsePosition(page.after, sortBy !== undefined)
  return { resources: first && page.count > 0 ? [parseDocument(document)] : [], totalResults: 1 }
}

/** All resources, behind an id. */
async function pageAfter({ session }: QuerySupport, target: QueryTarget, { page }: StoreQuery): Promise<Page> {
  const { scope } = target.scope
  const after = 'after' in page && page.after !== undefined ? parsePosition(page.after, false).id : ''
  return session.read((connection) => {
    const rows = readRowsAfter(connection, scope, after, page.count + 1)
    const resources = rows.slice(0, page.count).map(({ document }) => parseDocument(document))
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
    const resources = rows.map(({ document }) => parseDocument(document))
    const last = placeOf(resources)
    if (last) memory?.keepBoundary(scope, { index: startIndex + resources.length, id: last.id })
    return { resources, totalResults, ...nextOf(last, startIndex + resources.length <= totalResults) }
  })
}

/** The next matches that no index finds, when nothing is remembered, since another process has changed something: without a total. */
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
    ).map(({ document }) => parseDocument(document)),
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
  const key = listingKey(target, query)
  const known = await session.read((connection) =>
    memory.findListing(key, (outdated) => renewListing(connection, target, query, outdated)),
  )
  if (known) return known
  const seen = memory.changesSeen()
  const listing = await collectMatches(session, target, query)
  tracker.checkOthers()
  memory.keepListing(key, { scope: target.scope, reach: readReach(query, target.type), listing }, seen)
  return listing
}

/** What an index answers at once need not be remembered. */
function isCheap({ sortBy }: StoreQuery, { plan }: QueryTarget): boolean {
  return sortBy === undefined && plan?.exact === true
}

function isRemembered({ memory }: QuerySupport, target: QueryTarget, query: StoreQuery): boolean {
  return memory?.hasListing(listingKey(target, query)) ?? false
}

function listingKey({ scope }: QueryTarget, { filter, sortBy, sortOrder }: StoreQuery): string {
  const path = [sortBy?.extension?.id, sortBy?.attribute?.name, sortBy?.subAttribute?.name]
  return JSON.stringify([scope.scope, filter, path, sortOrder])
}

/** First place behind a position; what it names may be gone by now. */
function findPlace(listing: Listing, query: StoreQuery, after: string | undefined): number {
  if (after === undefined) return 0
  const position = parsePosition(after, query.sortBy !== undefined)
  const compare = comparePositions(query.sortOrder)
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
