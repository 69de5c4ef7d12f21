import { type PagingFault, ScimPagingError } from '../transport/errors.js'
import type { QueryParts } from './build-query.js'
import type { Page } from './read-page.js'
import type { ReceivedResource } from './read-resource.js'

/** Empty pages that are accepted in a row; a server may have to skip much that does not match. */
const maxEmptyPages = 100

/** Follows a listing from page to page and sees what is wrong with it. */
export interface PagingWatch {
  /** Begins at the first page again; what has been seen stays seen. */
  restart(): void
  /**
   * Takes a page.
   *
   * @param page The page. @param asked Where it was asked to begin.
   * @returns Resources with new ids, and where the next page begins; no `next` at the end.
   */
  take(
    page: Page<ReceivedResource>,
    asked: QueryParts,
  ): { readonly fresh: ReceivedResource[]; readonly next?: QueryParts }
  /** @throws {ScimPagingError} The first fault, unless faults are reported elsewhere. */
  finish(): void
}

/**
 * Creates a watch over one listing.
 *
 * @param onFault Called once for each kind of fault, when it is first seen; without it `finish` throws.
 * @returns The watch.
 */
export function createPagingWatch(onFault: ((error: ScimPagingError) => void) | undefined): PagingWatch {
  const faults = new Map<PagingFault, ScimPagingError>()
  /** Ids with the round that they were last seen in. */
  const seen = new Map<string, number>()
  let round: Round = createRound(1)

  const report = (reason: PagingFault, message: string): void => {
    if (faults.has(reason)) return
    const error = new ScimPagingError(reason, message)
    faults.set(reason, error)
    onFault?.(error)
  }
  const endless = (message: string): undefined => report('endless', message) as undefined

  /** A listing may grow while it is read, but not to more than twice of what its first page said. */
  const isExcessive = (): boolean => round.distinct > 2 * (round.firstTotal ?? Infinity) + 1000

  const count = (page: Page<ReceivedResource>): ReceivedResource[] => {
    const fresh: ReceivedResource[] = []
    for (const resource of page.resources) {
      const last = seen.get(resource.id)
      if (last === round.number) report('duplicate', 'The listing returned an id twice; another one may be missing')
      else round.distinct++
      if (last === undefined) fresh.push(resource)
      seen.set(resource.id, round.number)
    }
    return fresh
  }

  const nextCursor = (cursor: string, page: Page<ReceivedResource>, progress: boolean): QueryParts | undefined => {
    round.byCursor = true
    if (round.cursors.has(cursor)) return endless('The listing returned a cursor twice')
    round.cursors.add(cursor)
    round.emptyPages = page.resources.length === 0 ? round.emptyPages + 1 : 0
    if (isExcessive() || round.emptyPages > maxEmptyPages || (page.resources.length > 0 && !progress)) {
      return endless('The listing has no end in sight')
    }
    return { cursor }
  }

  const nextIndex = (start: number, page: Page<ReceivedResource>, progress: boolean): QueryParts | undefined => {
    const received = page.resources.length
    if (received === 0) return undefined
    if (!progress) return endless('The listing returned a page twice')
    if (isExcessive()) return endless('The listing has no end in sight')
    // Servers may return fewer than requested, so the next page begins behind what came (RFC 7644 §3.4.2.4).
    const next = start + received
    return next > (page.totalResults ?? Infinity) ? undefined : { startIndex: next }
  }

  return {
    restart() {
      round = createRound(round.number + 1)
    },
    take(page, asked) {
      const before = round.distinct
      const fresh = count(page)
      const progress = round.distinct > before
      const start = asked.startIndex ?? page.startIndex ?? 1
      const { totalResults: total } = page
      if (page.resources.length > 0 && asked.startIndex !== undefined && (page.startIndex ?? 0) > asked.startIndex) {
        report('gap', 'The listing skipped an index')
      }
      if (!round.byCursor && total !== undefined && total < (round.total ?? 0)) {
        report('gap', 'The listing became shorter while it was read, so resources may have been skipped')
      }
      round.totalChanged ||= round.total !== undefined && round.total !== total
      round.total = total
      round.firstTotal ??= total
      const next = page.nextCursor
        ? nextCursor(page.nextCursor, page, progress)
        : round.byCursor
          ? undefined
          : nextIndex(start, page, progress)
      return { fresh, ...(next && { next }) }
    },
    finish() {
      const { total, distinct, byCursor, totalChanged } = round
      if (total !== undefined && total !== distinct && !(byCursor && totalChanged)) {
        report('total', `The listing returned ${distinct} resources and a total of ${total}`)
      }
      if (onFault) return
      for (const error of faults.values()) throw error
    },
  }
}

/** One passage through the pages from the first on. */
interface Round {
  readonly number: number
  readonly cursors: Set<string>
  distinct: number
  total: number | undefined
  firstTotal: number | undefined
  totalChanged: boolean
  byCursor: boolean
  emptyPages: number
}

function createRound(number: number): Round {
  return {
    number,
    cursors: new Set(),
    distinct: 0,
    total: undefined,
    firstTotal: undefined,
    totalChanged: false,
    byCursor: false,
    emptyPages: 0,
  }
}
