import { setImmediate as nextTurn } from 'node:timers/promises'
import { sortKeyOf } from '@scimkit/filter-parser'
import type { StoredResource, StoreQuery } from '@scimkit/server-kit'
import { parseDocument } from '../documents/stored-document.js'
import type { SqlConnection } from '../sqlite/sql-connection.js'
import { findRow, readRows, readRowsAfter, type StoredRow } from '../sqlite/statements/resources.js'
import { compileMatcher } from './compile-matcher.js'
import { findCandidates } from './find-candidates.js'
import type { Listing, Match, StaleListing } from './listing.js'
import { comparePositions } from './position.js'
import type { QueryRun } from './query-run.js'
import { relationView } from './relation-view.js'

/** Number of rows that are read before other requests get their turn. */
const batch = 500

/**
 * Finds all matches of a query. Where an index narrows them down, only its candidates are read; else every resource.
 *
 * @param run The query.
 * @returns The matches in the order of the query.
 */
export async function collectMatches(run: QueryRun): Promise<Listing> {
  const { session, scope, plan, query } = run
  if (plan?.exact && !query.sortBy) return session.read((connection) => findCandidates(connection, scope, plan))
  const select = compileSelect(run, plan?.exact === true)
  const matches: Match[] = []
  for await (const found of readBatches(run, { plan, select })) matches.push(...found)
  return query.sortBy ? matches.sort(comparePositions(query.sortOrder)) : matches
}

/**
 * Brings a listing up to date: only the resources that have changed are read again.
 *
 * @param connection Connection to read through.
 * @param run The query.
 * @param stale All matches as they were, and which resources have changed.
 * @returns All matches as they are now.
 */
export function refreshListing(connection: SqlConnection, run: QueryRun, stale: StaleListing): Listing {
  const { scope, query } = run
  const { listing, changedIds } = stale
  const select = compileSelect(run, false)
  const changed = Array.from(changedIds).flatMap((id) => {
    const row = findRow(connection, scope.scope, id)
    return (row && select({ row, document: parseDocument(row.document), connection })) ?? []
  })
  const unchanged = listing.filter(({ id }) => !changedIds.has(id))
  return [...unchanged, ...changed].sort(comparePositions(query.sortBy && query.sortOrder))
}

/**
 * Finds the first matches behind an id, in the order of ids, and stops once there are enough.
 *
 * @param run The query.
 * @param filter Its filter.
 * @param page Id behind which to begin, and how many matches are enough.
 * @returns The matching resources.
 */
export async function collectAfter(
  run: QueryRun,
  filter: NonNullable<StoreQuery['filter']>,
  { after, count }: { readonly after: string; readonly count: number },
): Promise<readonly StoredResource[]> {
  const matches = compileMatcher(filter, run.type, run.scope)
  const found: StoredResource[] = []
  const select = ({ document, connection }: RowInHand) => (matches(document, connection) ? document : undefined)
  for await (const documents of readBatches(run, { select, after })) {
    found.push(...documents)
    if (found.length >= count) break
  }
  return found.slice(0, count)
}

/** A row that has been read, while its connection may still be used. */
interface RowInHand {
  readonly row: StoredRow
  readonly document: StoredResource
  readonly connection: SqlConnection
}

/** Turns a row into a result, or passes it over. */
type Select<T> = (given: RowInHand) => T | undefined

/** @param isExact Whether all rows are known to match the filter. */
function compileSelect({ type, scope, query }: QueryRun, isExact: boolean): Select<Match> {
  const { filter, sortBy } = query
  const matches = filter && !isExact ? compileMatcher(filter, type, scope) : undefined
  const view = sortBy && relationView(sortBy, scope)
  const keyOf = sortBy && sortKeyOf(sortBy)
  return ({ row: { resource }, document, connection }) => {
    if (matches && !matches(document, connection)) return undefined
    const { id } = document
    return keyOf && view ? { id, resource, key: keyOf(view(document, connection)) ?? null } : { id, resource }
  }
}

interface Search<T> {
  readonly plan?: QueryRun['plan']
  /** Id behind which to begin; without it, the first. */
  readonly after?: string
  readonly select: Select<T>
}

async function* readBatches<T>(run: QueryRun, search: Search<T>): AsyncIterable<readonly T[]> {
  const { session, signal } = run
  const readNext = await openRows(run, search)
  for (;;) {
    signal.throwIfAborted()
    const { isLast, found } = await session.read((connection) => {
      const { rows, isLast } = readNext(connection)
      const found = rows.flatMap((row) => {
        const selected = search.select({ row, document: parseDocument(row.document), connection })
        return selected === undefined ? [] : [selected]
      })
      return { isLast, found }
    })
    yield found
    if (isLast) return
    await nextTurn()
  }
}

/** Reads the next rows; the last time, it says so. */
type ReadNext = (connection: SqlConnection) => { readonly rows: readonly StoredRow[]; readonly isLast: boolean }

async function openRows({ session, scope }: QueryRun, search: Search<unknown>): Promise<ReadNext> {
  const { plan, after = '' } = search
  if (!plan) return everyRow(scope.scope, after)
  const candidates = await session.read((connection) => findCandidates(connection, scope, plan))
  let done = 0
  return (connection) => {
    const numbers = candidates.slice(done, done + batch).map(({ resource }) => resource)
    done += batch
    return { rows: readRows(connection, scope.scope, numbers), isLast: done >= candidates.length }
  }
}

function everyRow(scope: number, first: string): ReadNext {
  let after = first
  return (connection) => {
    const rows = readRowsAfter(connection, scope, { after, count: batch })
    const last = rows.at(-1)
    if (last) after = parseDocument(last.document).id
    return { rows, isLast: rows.length < batch }
  }
}
