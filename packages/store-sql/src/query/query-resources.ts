import type { StoreContext, StoredResource, StorePage, StoreQuery } from '@scimkit/server-kit'
import { parseDocument } from '../documents/stored-document.js'
import type { ServedType } from '../indexes/served-type.js'
import { findIdAfter, readRows, readRowsAfter } from '../sqlite/statements/resources.js'
import { readTotal } from '../sqlite/statements/scopes.js'
import { collectAfter } from './collect-matches.js'
import { readUnique } from './find-candidates.js'
import type { Listing, Match } from './listing.js'
import { isUnique, planCandidates, type UniqueCandidate } from './plan-candidates.js'
import { comparePositions, parsePosition, stringifyPosition } from './position.js'
import type { QueryRun, QuerySupport } from './query-run.js'
import { isListingKnown, readListing } from './read-listing.js'

type Page = StorePage<StoredResource>

/** A query of the store port, and the resources that it asks. */
export interface QueryRequest {
  /** Tenant and resource type. */
  readonly context: StoreContext
  /** What the store knows of the resource type. */
  readonly type: ServedType
  readonly query: StoreQuery
}

/**
 * Answers a query of the store port.
 *
 * @param support View to read through, and what is remembered of earlier queries.
 * @param request The query.
 * @returns The page; `totalResults` wherever it is known without reading everything just for it.
 */
export async function queryResources(support: QuerySupport, request: QueryRequest): Promise<Page> {
  const { context, type, query } = request
  const { filter, sortBy, page } = query
  const plan = filter && planCandidates(filter, type)
  if (plan && isUnique(plan)) return pageOfOne(support, request, plan)
  const scope = await support.session.read((connection) => support.findScope(connection, context))
  if (!scope) return { resources: [], totalResults: 0 }
  const run: QueryRun = { ...support, scope, type, query, plan, signal: context.signal }
  if (!filter && !sortBy) return 'after' in page ? pageAfter(run, page) : pageAt(run, page)
  const isFurtherPage = 'after' in page && page.after !== undefined
  if (filter && !plan && !sortBy && isFurtherPage && !isListingKnown(run)) return scanAfter(run, filter, page)
  return pageOf(run, await readListing(run))
}

type CursorPage = Extract<StoreQuery['page'], { readonly after?: unknown }>
type IndexPage = Extract<StoreQuery['page'], { readonly startIndex: unknown }>

/** The one resource with an id or a unique value, which identity providers ask for most. */
async function pageOfOne(
  { session, findScope }: QuerySupport,
  { context, query }: QueryRequest,
  candidate: UniqueCandidate,
): Promise<Page> {
  const { page, sortBy } = query
  const document = await session.read((connection) => {
    const scope = findScope(connection, context)
    return scope && readUnique(connection, scope, candidate)
  })
  if (document === undefined) return { resources: [], totalResults: 0 }
  if ('after' in page && page.after !== undefined) parsePosition(page.after, sortBy !== undefined)
  const isFirst = 'after' in page ? page.after === undefined : page.startIndex <= 1
  return { resources: isFirst && page.count > 0 ? [parseDocument(document)] : [], totalResults: 1 }
}

/** All resources, from behind an id on. */
async function pageAfter({ session, scope: { scope } }: QueryRun, page: CursorPage): Promise<Page> {
  const after = page.after === undefined ? '' : parsePosition(page.after, false).id
  return session.read((connection) => {
    const rows = readRowsAfter(connection, scope, { after, count: page.count + 1 })
    const resources = rows.slice(0, page.count).map(({ document }) => parseDocument(document))
    const next = nextOf(resources.at(-1), rows.length > page.count)
    return { resources, totalResults: readTotal(connection, scope), ...next }
  })
}

/** All resources, from an index on: read from the nearest known boundary instead of the start. */
async function pageAt({ session, memory, scope: { scope } }: QueryRun, page: IndexPage): Promise<Page> {
  const { startIndex, count } = page
  return session.read((connection) => {
    const totalResults = readTotal(connection, scope)
    if (count === 0 || startIndex > totalResults) return { resources: [], totalResults }
    const near = memory?.findBoundary(scope, startIndex) ?? { index: 1, id: '' }
    const skip = startIndex - near.index
    const after =
      skip === 0 ? near.id : (findIdAfter(connection, scope, { after: near.id, offset: skip - 1 }) ?? lastId)
    const rows = readRowsAfter(connection, scope, { after, count })
    const resources = rows.map(({ document }) => parseDocument(document))
    const last = resources.at(-1)
    const nextIndex = startIndex + resources.length
    if (last) memory?.addBoundary(scope, { index: nextIndex, id: last.id })
    return { resources, totalResults, ...nextOf(last, nextIndex <= totalResults) }
  })
}

/** Behind every id. */
const lastId = '\u{10ffff}'

/**
 * The next matches where no index helps and another process has just changed the database, so that nothing is
 * remembered. They come without a total, which RFC 9865 allows.
 */
async function scanAfter(run: QueryRun, filter: NonNullable<StoreQuery['filter']>, page: CursorPage): Promise<Page> {
  const after = page.after === undefined ? '' : parsePosition(page.after, false).id
  const found = await collectAfter(run, filter, { after, count: page.count + 1 })
  const resources = found.slice(0, page.count)
  return { resources, ...nextOf(resources.at(-1), found.length > page.count) }
}

/** A page of a listing that is known as a whole. */
async function pageOf({ session, scope, query }: QueryRun, listing: Listing): Promise<Page> {
  const { page } = query
  const start = 'after' in page ? findPlace(listing, query, page.after) : page.startIndex - 1
  const wanted = listing.slice(start, start + page.count)
  const numbers = wanted.map(({ resource }) => resource)
  const resources = await session.read((connection) =>
    readRows(connection, scope.scope, numbers).map(({ document }) => parseDocument(document)),
  )
  const next = nextOf(wanted.at(-1), start + wanted.length < listing.length)
  return { resources, totalResults: listing.length, ...next }
}

/** Finds the first place behind a position; the resource that it names may be gone by now. */
function findPlace(listing: Listing, { sortBy, sortOrder }: StoreQuery, after: string | undefined): number {
  if (after === undefined) return 0
  const position = parsePosition(after, sortBy !== undefined)
  const compare = comparePositions(sortOrder)
  const place = listing.findIndex((match) => compare(match, position) > 0)
  return place < 0 ? listing.length : place
}

function nextOf(last: Pick<Match, 'id' | 'key'> | undefined, hasMore: boolean): { next?: string } {
  return last && hasMore ? { next: stringifyPosition({ id: last.id, key: last.key }) } : {}
}
