import { foldCase, ScimError } from '@scimkit/core/schema'
import type { Filter } from '@scimkit/filter-parser'
import { type CursorState, type Cursors, createCursors } from '../cursors.js'
import type { ListQuery } from '../request/read-list-query.js'
import { renderResources } from '../response/render-resources.js'
import { respondWithPage } from '../response/respond-with-resources.js'
import type { RequestContext, ResourceContext, ScimResponse } from '../service/request-context.js'
import type { ServedResource } from '../service/served-resource.js'
import type { Service } from '../service/service.js'
import { queryStore } from './query-store.js'

const cursorsOf = new WeakMap<Service, Cursors>()

/**
 * Gives one page of a listing by cursor. It goes on behind the last resource, not at an offset, so that what is there
 * all along is given exactly once, whatever else comes and goes.
 *
 * @param context Request that is answered.
 * @param query The query; the client repeats it with each page.
 * @param cursor Cursor as the client sent it; empty for the first page.
 * @returns The page; `nextCursor` is absent on the last one.
 * @throws {ScimError} 400 `invalidCursor`, `expiredCursor`, or `invalidCount` when the page size changes on the way.
 * @see https://www.rfc-editor.org/rfc/rfc9865#section-2
 */
export async function listByCursor(context: ResourceContext, query: ListQuery, cursor: string): Promise<ScimResponse> {
  const { served } = context
  const { limits, now } = context.service
  const cursors = findCursors(context.service)
  const binding = bindingOf(context, served, query)
  const state = cursor === '' ? undefined : await cursors.open(cursor, binding, now().getTime())
  const count = pageSize(query, state)
  const page = await queryStore(context, {
    filter: query.filter,
    sortBy: query.sortBy,
    sortOrder: query.sortOrder,
    page: { after: state?.after, count },
  })
  const resources = await renderResources(context, page.resources, query.projection)
  const expires = now().getTime() + limits.cursorTimeout * 1_000
  const nextCursor =
    page.next === undefined ? undefined : await cursors.seal({ after: page.next, count, expires }, binding)
  return respondWithPage(context, resources, {
    ...(page.totalResults === undefined ? {} : { totalResults: page.totalResults }),
    ...(nextCursor === undefined ? {} : { nextCursor }),
  })
}

/** One for a service provider: without secrets of its own it makes one, and later pages need the same. */
function findCursors(service: Service): Cursors {
  const known = cursorsOf.get(service)
  if (known) return known
  const made = createCursors(service.cursorSecrets)
  cursorsOf.set(service, made)
  return made
}

function pageSize(query: ListQuery, state: CursorState | undefined): number {
  if (!state) return query.count
  if (!query.counted || query.count === state.count) return state.count
  throw new ScimError(400, 'count must stay what it was on the first page', { scimType: 'invalidCount' })
}

/** What a cursor belongs to. Names are compared as SCIM compares them: clients may spell a later page otherwise. */
function bindingOf(
  { principal }: RequestContext,
  served: ServedResource,
  { filter, sortBy, sortOrder }: ListQuery,
): string {
  const sortKey = sortBy && [sortBy.extension?.id, sortBy.attribute?.name, sortBy.subAttribute?.name, sortOrder]
  return JSON.stringify([principal.subject, principal.tenantId, served.definition.name, spellAlike(filter), sortKey])
}

function spellAlike(filter: Filter | undefined): string | undefined {
  const names = new Set(['urn', 'name', 'subAttribute'])
  return JSON.stringify(filter, (key, value: unknown) =>
    names.has(key) && typeof value === 'string' ? foldCase(value) : value,
  )
}
