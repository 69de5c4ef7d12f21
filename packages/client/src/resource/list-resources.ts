import { type Connection, takeNote } from '../transport/connection.js'
import { ScimResponseError, ScimTransportError } from '../transport/errors.js'
import { classifyFailure } from '../transport/outcome.js'
import type { QueryParts } from './build-query.js'
import type { ResourceContext } from './context.js'
import { createPagingWatch } from './paging-watch.js'
import { clampCount, type ListingMethod, type ListingOptions, type Page, readFilter, readPage } from './read-page.js'
import type { ReceivedResource } from './read-resource.js'

/** Size of pages that every known server accepts. */
const defaultCount = 100

/** Restarts that are allowed without a new resource in between. */
const maxRestarts = 3

/**
 * Lists resources: by cursor where the server has it, else by index. A server that refuses the cursor, in whatever way,
 * is asked plainly, once in the life of the client; what is wrong with the query itself is then refused again.
 *
 * @param context Context of the resource type.
 * @param options Options of the listing.
 * @param method How it is requested.
 * @returns The resources, each id once.
 * @throws {ScimPagingError} At the end, when something may be missing, unless `onPagingFault` is given.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2.4
 * @see https://www.rfc-editor.org/rfc/rfc9865
 */
export async function* listResources(
  context: ResourceContext,
  options: ListingOptions,
  method: ListingMethod,
): AsyncGenerator<ReceivedResource, void, undefined> {
  const filter = await readFilter(context, options.filter)
  const watch = createPagingWatch(context.onPagingFault)
  const count = await clampCount(context, options.count)
  let plain = takesNoCursor(context.connection)
  let position = firstPosition(plain, count)
  let restarts = 0
  for (;;) {
    let page: Page<ReceivedResource>
    try {
      const isFinal = position.cursor === '' ? isPreferenceRejected : undefined
      page = await readPage(context, { ...options, ...position, filter, isFinal }, method)
    } catch (error) {
      if (position.cursor === '' && isPreferenceRejected(error)) plain = true
      else if (!position.cursor || !isCursorLost(error) || ++restarts > maxRestarts) throw error
      else watch.restart()
      position = firstPosition(plain, count)
      continue
    }
    if (plain) learnPlain(context)
    const { fresh, next } = watch.take(page, position)
    if (fresh.length > 0) restarts = 0
    yield* fresh
    if (!next) return watch.finish()
    position = { ...next, count: position.count }
  }
}

/** An empty cursor asks for paging by cursor; a server that does not know it ignores it (RFC 7644 §3.4.2). */
function firstPosition(plain: boolean, count: number | undefined): QueryParts {
  return plain ? { count } : { cursor: '', count: count ?? defaultCount }
}

/** What the server says about itself is believed where the client has read it anyhow (RFC 9865 §4). */
function takesNoCursor({ learned }: Connection): boolean {
  return learned.plainListings || String(learned.config?.pagination?.cursor) === 'false'
}

/** Only a listing that succeeds without the cursor shows that the cursor was the problem. */
function learnPlain({ connection, definition }: ResourceContext): void {
  if (takesNoCursor(connection)) return
  connection.learned.plainListings = true
  const detail = `${definition.endpoint}: the server refuses a cursor; listings are paged by index from now on`
  takeNote(connection, { kind: 'index-paging', detail })
}

/** Whether the server may have refused the cursor or the page size, which the caller did not ask for; some respond with 500. */
function isPreferenceRejected(error: unknown): boolean {
  if (error instanceof ScimTransportError) return error.reason === 'invalid-response' && !error.passing
  if (!(error instanceof ScimResponseError)) return false
  const { status, scimType } = error
  if (status === 401 || scimType === 'invalidFilter') return false
  return status === 500 || classifyFailure(error) === 'final'
}

function isCursorLost(error: unknown): boolean {
  return (
    error instanceof ScimResponseError && (error.scimType === 'expiredCursor' || error.scimType === 'invalidCursor')
  )
}
