import type { QueryParts } from './build-query.js'
import { ScimResponseError } from './client-errors.js'
import { createPagingWatch } from './paging-watch.js'
import { clampCount, type ListingMethod, type ListingOptions, readFilter, readPage } from './read-page.js'
import type { ReceivedResource } from './read-resource.js'
import type { Page } from './resource-client.js'
import type { ResourceContext } from './resource-context.js'

/** Size of pages that every known server accepts. */
const usualCount = 100

/** Most new beginnings without a new resource in between. */
const mostRestarts = 3

/**
 * Lists resources: by cursor where the server has it, else by index.
 *
 * @param context Of the resource type.
 * @param options Of the listing.
 * @param method How it is asked for.
 * @returns The resources, each id once.
 * @throws {ScimPagingError} At the end, when something may be missing and nobody asked to be told otherwise.
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
  let position = firstPosition(context, count)
  let restarts = 0
  for (;;) {
    let page: Page<ReceivedResource>
    try {
      page = await readPage(context, { ...options, ...position, filter }, method)
    } catch (error) {
      if (position.cursor === '' && dislikesWishes(error)) context.plainListings = true
      else if (!position.cursor || !isCursorLost(error) || ++restarts > mostRestarts) throw error
      else watch.restart()
      position = firstPosition(context, count)
      continue
    }
    const { fresh, next } = watch.take(page, position)
    if (fresh.length > 0) restarts = 0
    yield* fresh
    if (!next) return watch.finish()
    position = { ...next, count: position.count }
  }
}

/** An empty cursor asks for paging by cursor; a server that does not know it ignores it (RFC 7644 §3.4.2). */
function firstPosition({ plainListings }: ResourceContext, count: number | undefined): QueryParts {
  return plainListings ? { count } : { cursor: '', count: count ?? usualCount }
}

/** Whether the server may have refused the cursor or the size that the caller did not ask for. */
function dislikesWishes(error: unknown): boolean {
  return error instanceof ScimResponseError && error.status === 400 && error.scimType !== 'invalidFilter'
}

function isCursorLost(error: unknown): boolean {
  return (
    error instanceof ScimResponseError && (error.scimType === 'expiredCursor' || error.scimType === 'invalidCursor')
  )
}
