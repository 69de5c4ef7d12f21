import { ScimError } from '@scimkit/core/schema'

/** Parameters of a query, decoded; of a list of values given twice both count. */
export interface QueryParameters {
  readonly filter?: string | undefined
  readonly sortBy?: string | undefined
  readonly sortOrder?: string | undefined
  readonly startIndex?: string | undefined
  readonly count?: string | undefined
  readonly cursor?: string | undefined
  readonly attributes?: string | undefined
  readonly excludedAttributes?: string | undefined
}

const names: ReadonlySet<string> = new Set([
  'filter',
  'sortBy',
  'sortOrder',
  'startIndex',
  'count',
  'cursor',
  'attributes',
  'excludedAttributes',
] satisfies (keyof QueryParameters)[])

const none: QueryParameters = Object.freeze({})

/**
 * Reads the parameters that SCIM knows; all others are ignored.
 *
 * @param query Text behind the question mark; `+` is a space.
 * @returns The decoded parameters.
 * @throws {ScimError} 400 `invalidSyntax` for broken percent-encoding, `invalidValue` for a parameter given twice.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2
 */
export function readQuery(query: string): QueryParameters {
  if (query === '') return none
  const found: Record<string, string> = {}
  for (const pair of query.split('&')) {
    const equals = pair.indexOf('=')
    const name = decode(equals < 0 ? pair : pair.slice(0, equals), 'the query')
    if (!names.has(name)) continue
    const value = decode(equals < 0 ? '' : pair.slice(equals + 1), name)
    if (!Object.hasOwn(found, name)) found[name] = value
    else if (name === 'attributes' || name === 'excludedAttributes') found[name] += `,${value}`
    else throw new ScimError(400, `${name} is given twice; give it once`, { scimType: 'invalidValue' })
  }
  return found
}

function decode(text: string, where: string): string {
  if (!text.includes('%') && !text.includes('+')) return text
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch (cause) {
    throw new ScimError(400, `The percent-encoding of ${where} is broken`, { scimType: 'invalidSyntax', cause })
  }
}
