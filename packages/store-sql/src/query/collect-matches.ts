import { setImmediate as nextTurn } from 'node:timers/promises'
import { type SortKey, sortKeyOf } from '@scimkit/filter-parser'
import type { StoredResource, StoreQuery } from '@scimkit/server-kit'
import type { ServedType } from '../indexes/served-type.js'
import type { SqlSession } from '../sqlite/create-session.js'
import type { SqlConnection } from '../sqlite/sql-connection.js'
import { findRow, parseDocument, readRows, readRowsAfter, type StoredRow } from '../sqlite/statements/resources.js'
import type { Scope } from '../sqlite/statements/scopes.js'
import { compileMatcher, viewRelation } from './compile-matcher.js'
import { type Candidate, findCandidates } from './find-candidates.js'
import type { Candidates } from './plan-candidates.js'
import { comparePositions } from './position.js'

/** A resource of a listing, without its attributes. */
export interface Match extends Candidate {
  readonly key?: SortKey | null | undefined
}

/** All matches of a query, in its order. */
export type Listing = readonly Match[]

/** What a query is about. */
export interface QueryTarget {
  readonly scope: Scope
  readonly type: ServedType
  /** What an index finds; absent when it finds nothing, or nothing is asked. */
  readonly plan: Candidates | undefined
  readonly signal: AbortSignal
}

/** Rows looked at before others get their turn. */
const batch = 500

/**
 * Finds all matches of a query. Where an index narrows them down, only its candidates are read; else every resource.
 *
 * @param session View to read through.
 * @param target Scope and type.
 * @param query Filter and order.
 * @returns The matches in the order of the query.
 */
export async function collectMatches(session: SqlSession, target: QueryTarget, query: StoreQuery): Promise<Listing> {
  const { scope, plan } = target
  if (plan?.exact && !query.sortBy) return session.read((connection) => findCandidates(connection, scope, plan))
  const matches: Match[] = []
  const pick = compileJudge(target, query, plan?.exact === true)
  for await (const found of readBatches(session, target, { plan, pick })) matches.push(...found)
  return query.sortBy ? matches.sort(comparePositions(query.sortOrder)) : matches
}

/**
 * Looks anew at resources that have changed since a listing was read.
 *
 * @param connection Connection to read through.
 * @param target Scope and type.
 * @param query Filter and order.
 * @param listing All matches as they were.
 * @param ids Ids of all resources that have changed.
 * @returns All matches as they are.
 */
export function renewListing(
  connection: SqlConnection,
  target: QueryTarget,
  query: StoreQuery,
  { listing, ids }: { readonly listing: Listing; readonly ids: ReadonlySet<string> },
): Listing {
  const judge = compileJudge(target, query, false)
  const renewed = Array.from(ids).flatMap((id) => {
    const row = findRow(connection, target.scope.scope, id)
    return (row && judge(row, parseDocument(row.document), connection)) ?? []
  })
  const rest = listing.filter(({ id }) => !ids.has(id))
  return [...rest, ...renewed].sort(comparePositions(query.sortBy && query.sortOrder))
}

/** Makes a match of a resource, if it is one. */
type Judge = (row: StoredRow, document: StoredResource, connection: SqlConnection) => Match | undefined

function compileJudge({ type, scope }: QueryTarget, { filter, sortBy }: StoreQuery, isExact: boolean): Judge {
  const matcher = filter && !isExact ? compileMatcher(filter, type, scope) : undefined
  const view = sortBy && viewRelation(sortBy, scope)
  const keyOf = sortBy && sortKeyOf(sortBy)
  return ({ resource }, document, connection) => {
    if (matcher && !matcher(document, connection)) return undefined
    const { id } = document
    return keyOf && view ? { id, resource, key: keyOf(view(document, connection)) ?? null } : { id, resource }
  }
}

/**
 * Finds the first matches behind an id, in the order of ids, and stops when there are enough.
 *
 * @param session View to read through.
 * @param target Scope and type.
 * @param filter Filter of the query.
 * @param page Id behind which to begin, and how many are enough.
 * @returns The matching resources.
 */
export async function collectAfter(
  session: SqlSession,
  target: QueryTarget,
  filter: NonNullable<StoreQuery['filter']>,
  page: { readonly after: string; readonly count: number },
): Promise<readonly StoredResource[]> {
  const matcher = compileMatcher(filter, target.type, target.scope)
  const matches: StoredResource[] = []
  const pick = (_: StoredRow, document: StoredResource, connection: SqlConnection) =>
    matcher(document, connection) ? document : undefined
  for await (const found of readBatches(session, target, { pick, after: page.after })) {
    matches.push(...found)
    if (matches.length >= page.count) return matches.slice(0, page.count)
  }
  return matches
}

interface Search<T> {
  readonly plan?: Candidates | undefined
  readonly after?: string
  readonly pick: (row: StoredRow, document: StoredResource, connection: SqlConnection) => T | undefined
}

async function* readBatches<T>(
  session: SqlSession,
  { scope, signal }: QueryTarget,
  search: Search<T>,
): AsyncIterable<readonly T[]> {
  const { plan, pick } = search
  const candidates = plan && (await session.read((connection) => findCandidates(connection, scope, plan)))
  let after = search.after ?? ''
  let done = 0
  const read = (connection: SqlConnection) =>
    candidates
      ? readRows(
          connection,
          scope.scope,
          candidates.slice(done, done + batch).map(({ resource }) => resource),
        )
      : readRowsAfter(connection, scope.scope, after, batch)
  for (;;) {
    signal.throwIfAborted()
    const { count, found } = await session.read((connection) => {
      const rows = read(connection)
      const found: T[] = []
      for (const row of rows) {
        const document = parseDocument(row.document)
        const picked = pick(row, document, connection)
        if (picked !== undefined) found.push(picked)
        after = document.id
      }
      return { count: rows.length, found }
    })
    yield found
    done += batch
    if (candidates ? done >= candidates.length : count < batch) return
    await nextTurn()
  }
}
