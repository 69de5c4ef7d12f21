import { isObject } from '@scimkit/core/internal'
import { urns } from '@scimkit/core/schema'
import { type Call, createScope } from '../transport/call.js'
import { loadOnce } from '../transport/once.js'
import type { RequestOptions } from '../transport/request-options.js'
import { sendRequest } from '../transport/send-request.js'
import { buildQuery, isProjected, pickQuery, type QueryParts } from './build-query.js'
import type { ResourceContext } from './context.js'
import { versionOf, versionsOf } from './known-versions.js'
import { findListFault, resourcesOf } from './read-list.js'
import type { ReceivedResource } from './read-resource.js'
import { resourcePath } from './resource-path.js'

const filterBuilder = /* @__PURE__ */ loadOnce(() => import('./build-filter.js'))

/** A page of a listing. */
export interface Page<R> {
  readonly resources: readonly R[]
  /** Number of all matches, where the server says it. */
  readonly totalResults: number | undefined
  /** 1-based index of the first resource of the page. */
  readonly startIndex: number | undefined
  /** Cursor of the next page; absent on the last one and where the server pages by index. */
  readonly nextCursor: string | undefined
  readonly previousCursor: string | undefined
}

/** A filter in any form that the methods take. */
export type FilterInput = string | object | undefined

/** Options of a listing, whatever its resource type. */
export interface ListingOptions extends RequestOptions {
  readonly filter?: FilterInput
  readonly sortBy?: string | undefined
  readonly sortOrder?: 'ascending' | 'descending' | undefined
  readonly count?: number | undefined
}

/** How the query is sent: in the URL, or in a body (`/.search`). */
export type ListingMethod = 'GET' | 'POST'

/**
 * Reads one page of a listing.
 *
 * @param context Context of the resource type.
 * @param given Query and options of the call; the filter is text.
 * @param method How the query is sent.
 * @returns The page.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2
 */
export async function readPage(
  context: ResourceContext,
  given: RequestOptions & QueryParts & Pick<Call, 'isFinal'>,
  method: ListingMethod,
): Promise<Page<ReceivedResource>> {
  const { connection, definition, inspect } = context
  const options = connection.rules ? { ...given, count: await clampCount(context, given.count) } : given
  const { endpoint } = definition
  const target: Pick<Call, 'path' | 'body'> =
    method === 'GET'
      ? { path: endpoint + buildQuery(options) }
      : { path: `${endpoint}/.search`, body: { schemas: [urns.searchRequest], ...pickQuery(options) } }
  const response = await sendRequest(connection, {
    ...target,
    method,
    reads: true,
    scope: createScope(options, connection),
    findFault: ({ body }) => findListFault(body),
    isFinal: given.isFinal,
  })
  const resources = resourcesOf(context, response)
  for (const resource of resources) {
    const version = versionOf(undefined, resource)
    if (version !== undefined) versionsOf(connection).set(resourcePath(endpoint, resource.id), version)
    if (inspect && !isProjected(options)) await inspect(definition, resource, response)
  }
  return toPage(response.body, resources)
}

/**
 * Writes a filter as text; the code that builds filters is loaded when one is built.
 *
 * @param context Context of the resource type.
 * @param filter Text, a built filter or a function that builds one.
 * @returns The filter as text.
 */
export async function readFilter(context: ResourceContext, filter: FilterInput): Promise<string | undefined> {
  if (filter === undefined || typeof filter === 'string') return filter
  const { buildFilter } = await filterBuilder()
  return buildFilter(context.definition, filter)
}

/**
 * Reduces a page size to what the server's profile allows.
 *
 * @param context Context of the resource type.
 * @param count Page size that the caller requested.
 * @returns Page size to ask for.
 */
export async function clampCount(
  { connection }: ResourceContext,
  count: number | undefined,
): Promise<number | undefined> {
  return connection.rules ? (await connection.rules()).clampCount(count) : count
}

function toPage(body: unknown, resources: ReceivedResource[]): Page<ReceivedResource> {
  const list = isObject(body) ? body : {}
  return {
    resources,
    totalResults: toNumber(list.totalResults),
    startIndex: toNumber(list.startIndex),
    nextCursor: toText(list.nextCursor),
    previousCursor: toText(list.previousCursor),
  }
}

/** Some servers write numbers as text. */
function toNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

function toText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
