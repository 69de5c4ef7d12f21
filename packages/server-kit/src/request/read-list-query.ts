import { type AttributeTarget, findAttribute, ScimError } from '@scimkit/core/schema'
import type { Filter } from '@scimkit/filter-parser'
import { foldKeyword } from '../compatibility/read-message.js'
import { hintColon, readAttributePath } from '../compatibility/read-path.js'
import type { RequestContext, ResourceContext } from '../service/request-context.js'
import { readFilter } from './read-filter.js'
import { type GivenProjection, type Projection, readProjection } from './read-projection.js'

/** A query in the client's words: the parameters of a URL, or the members of a SearchRequest. */
export interface GivenQuery extends GivenProjection {
  readonly filter?: unknown
  readonly sortBy?: unknown
  readonly sortOrder?: unknown
  readonly startIndex?: unknown
  readonly count?: unknown
  readonly cursor?: unknown
}

/** A query as it is carried out. */
export interface ListQuery {
  readonly filter: Filter | undefined
  readonly sortBy: AttributeTarget | undefined
  readonly sortOrder: 'ascending' | 'descending'
  /** 1-based; absent in a listing by cursor. */
  readonly startIndex: number | undefined
  /** Cursor as the client sent it, empty for the first page; absent in a listing by index. */
  readonly cursor: string | undefined
  /** At most the page size of the service provider. */
  readonly count: number
  /** Whether the client named a count. */
  readonly counted: boolean
  readonly projection: Projection
}

/**
 * Reads the parameters of a query.
 *
 * @param context Request with limits and rules of reading.
 * @param given Parameters as the client wrote them.
 * @returns The query with defaults filled in and the page clamped.
 * @throws {ScimError} 400 with the keyword of the parameter at fault.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2
 */
export function readListQuery(context: ResourceContext, given: GivenQuery): ListQuery {
  const { limits } = context.service
  const filter = readText(given.filter, 'filter')
  const count = readInteger(given.count, 'count')
  const startIndex = readInteger(given.startIndex, 'startIndex')
  const cursor = readText(given.cursor, 'cursor')
  if (cursor !== undefined && startIndex !== undefined) {
    throw invalidValue('cursor and startIndex cannot be combined; give one of them')
  }
  return {
    projection: readProjection(context, given),
    filter: filter === undefined ? undefined : readFilter(context, filter),
    sortBy: readSortBy(context, readText(given.sortBy, 'sortBy')),
    sortOrder: readSortOrder(context, readText(given.sortOrder, 'sortOrder')),
    startIndex: cursor === undefined ? Math.min(Math.max(startIndex ?? 1, 1), Number.MAX_SAFE_INTEGER) : undefined,
    cursor,
    count: Math.min(Math.max(count ?? limits.defaultPageSize, 0), limits.maxPageSize),
    counted: count !== undefined,
  }
}

function readText(value: unknown, parameter: string): string | undefined {
  if (value === undefined || value === null || typeof value === 'string') return value ?? undefined
  throw invalidValue(`${parameter} must be a string`)
}

/** Whole numbers also come as JSON strings; one that is too large for a number counts as infinite. */
function readInteger(value: unknown, parameter: string): number | undefined {
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value === 'number' && Number.isInteger(value)) return value
  if (typeof value === 'string' && /^\s*[+-]?\d+\s*$/.test(value)) return Number(value)
  throw invalidValue(`${parameter} must be an integer`)
}

function readSortOrder({ reading }: RequestContext, value: string | undefined): 'ascending' | 'descending' {
  if (value === undefined || value === '') return 'ascending'
  const order = foldKeyword(value, { path: 'sortOrder', keywords: ['ascending', 'descending'] }, reading)
  if (order === 'ascending' || order === 'descending') return order
  throw invalidValue('sortOrder must be ascending or descending')
}

/**
 * An attribute that is never returned cannot be sorted by, as if it were unknown: the order would reveal its value.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2.3
 */
function readSortBy(
  { refuseUnknown, reading, served }: ResourceContext,
  text: string | undefined,
): AttributeTarget | undefined {
  const { definition } = served
  if (text === undefined || text.trim() === '') return undefined
  const path = readAttributePath(definition, text.trim(), reading)
  const target = findAttribute(definition, path)
  const { attribute, subAttribute } = target ?? {}
  if (!target || !attribute || attribute.returned === 'never' || subAttribute?.returned === 'never') {
    if (!refuseUnknown) return undefined
    const detail = `sortBy does not name an attribute that can be sorted by${hintColon(definition, path)}`
    throw new ScimError(400, detail, { scimType: 'invalidPath' })
  }
  if (attribute.type !== 'complex' || subAttribute) return target
  const value = attribute.subAttributes?.find(({ name }) => name === 'value')
  if (value && value.returned !== 'never') return { ...target, subAttribute: value }
  throw new ScimError(400, `sortBy must name a sub-attribute of ${attribute.name}`, { scimType: 'invalidPath' })
}

function invalidValue(detail: string): ScimError {
  return new ScimError(400, detail, { scimType: 'invalidValue' })
}
