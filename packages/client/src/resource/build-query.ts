import type { RequestOptions } from '../transport/request-options.js'

/** What a query or a projection may say. */
export interface QueryParts {
  readonly filter?: string | undefined
  readonly sortBy?: string | undefined
  readonly sortOrder?: 'ascending' | 'descending' | undefined
  readonly startIndex?: number | undefined
  readonly count?: number | undefined
  readonly cursor?: string | undefined
  readonly attributes?: readonly string[] | undefined
  readonly excludedAttributes?: readonly string[] | undefined
}

/**
 * Writes the query of a URL. Blanks become `%20` and a plus `%2B`: some servers read a plus as a blank, others do not.
 *
 * @param parts Parameters; those that are `undefined` or empty lists are left out.
 * @returns Text that begins with `?`, or nothing.
 * @throws {TypeError} When `attributes` and `excludedAttributes` are given together.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2
 */
export function buildQuery(parts: QueryParts): string {
  const written = Object.entries(pickQuery(parts)).map(
    ([name, value]) => `${name}=${encodeURIComponent(String(value)).replaceAll('%2C', ',')}`,
  )
  return written.length === 0 ? '' : `?${written.join('&')}`
}

/**
 * Picks the parameters that say something, for a URL or for the body of a search.
 *
 * @param parts Parameters among other options.
 * @returns A new object with nothing else in it.
 * @throws {TypeError} When `attributes` and `excludedAttributes` are given together.
 */
export function pickQuery(parts: QueryParts): QueryParts {
  const { attributes, excludedAttributes } = parts
  if (attributes?.length && excludedAttributes?.length) {
    throw new TypeError('attributes and excludedAttributes exclude each other; give one of them')
  }
  const picked: Record<string, unknown> = {}
  for (const name of names) {
    const value = parts[name]
    if (value !== undefined && !(Array.isArray(value) && value.length === 0)) picked[name] = value
  }
  return picked
}

const names = [
  'filter',
  'sortBy',
  'sortOrder',
  'startIndex',
  'count',
  'cursor',
  'attributes',
  'excludedAttributes',
] as const

/**
 * Picks the projection of a call.
 *
 * @param options Options of the call.
 * @returns `attributes` and `excludedAttributes`, and nothing else.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.9
 */
export function projectionOf({ attributes, excludedAttributes }: RequestOptions): QueryParts {
  return { attributes, excludedAttributes }
}

/**
 * Tells whether a call asks for a part of the resource.
 *
 * @param options Options of the call.
 * @returns Whether it has a projection.
 */
export function isProjected({ attributes, excludedAttributes }: RequestOptions): boolean {
  return Boolean(attributes?.length || excludedAttributes?.length)
}
