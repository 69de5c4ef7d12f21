import { setImmediate as nextTurn } from 'node:timers/promises'
import type { StoredResource, StoreQuery } from '@scimkit/server-kit'
import type { SqlConnection } from '../database/sql-connection.js'
import type { SqlSession } from '../database/sql-session.js'
import type { ServedType } from '../indexes/served-type.js'
import { parseDocument, readRows, readRowsAfter, type StoredRow } from '../tables/resources-table.js'
import type { Scope } from '../tables/scopes-table.js'
import { compileMatcher, type Matcher } from './compile-matcher.js'
import { type Candidate, findCandidates } from './find-candidates.js'
import type { Candidates } from './plan-candidates.js'
import { compareBy, readSortKey, type SortKey } from './sort-key.js'

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
  const { filter, sortBy } = query
  const { scope, type, plan } = target
  const matcher = filter && !plan?.exact ? compileMatcher(filter, type, scope) : undefined
  if (plan?.exact && !sortBy) return session.read((connection) => findCandidates(connection, scope, plan))
  const matches: Match[] = []
  for await (const found of readBatches(session, target, { plan, matcher })) {
    for (const { row, document } of found) {
      const { resource } = row
      matches.push(
        sortBy ? { id: document.id, resource, key: readSortKey(sortBy, document) } : { id: document.id, resource },
      )
    }
  }
  return sortBy ? matches.sort(compareBy(query.sortOrder)) : matches
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
  for await (const found of readBatches(session, target, { matcher, after: page.after })) {
    for (const { document } of found) {
      matches.push(document)
      if (matches.length >= page.count) return matches
    }
  }
  return matches
}

interface Found {
  readonly row: StoredRow
  readonly document: StoredResource
}

async function* readBatches(
  session: SqlSession,
  { scope, signal }: QueryTarget,
  search: { readonly plan?: Candidates | undefined; readonly matcher: Matcher | undefined; readonly after?: string },
): AsyncIterable<readonly Found[]> {
  const { plan, matcher } = search
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
      const parsed = rows.map((row) => ({ row, document: parseDocument(row.document) }))
      after = parsed.at(-1)?.document.id ?? after
      return {
        count: rows.length,
        found: matcher ? parsed.filter(({ document }) => matcher(document, connection)) : parsed,
      }
    })
    yield found
    done += batch
    if (candidates ? done >= candidates.length : count < batch) return
    await nextTurn()
  }
}
