import { ScimError } from '@scimkit/core/schema'
import { checkMemberCase } from '../compatibility/read-message.js'
import type { Reading } from '../compatibility/reading.js'
import type { QueryParameters } from '../service/request-context.js'

/** Names of the parameters; the list of a SearchRequest's members too. */
export const queryNames = [
  'filter',
  'sortBy',
  'sortOrder',
  'startIndex',
  'count',
  'cursor',
  'attributes',
  'excludedAttributes',
] as const satisfies readonly (keyof QueryParameters)[]

const byFolded: ReadonlyMap<string, string> = new Map(queryNames.map((name) => [name.toLowerCase(), name]))

const none: QueryParameters = Object.freeze({})

/**
 * Reads the parameters that SCIM knows; all others are ignored.
 *
 * @param query Text behind the question mark; `+` is a space.
 * @param request Holder of the rules of reading, needed only for names in another case.
 * @returns The decoded parameters.
 * @throws {ScimError} 400 `invalidSyntax` for broken percent-encoding, `invalidValue` for a parameter given twice
 * or, without rule `messageKeyCase`, in another case.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2
 */
export function readQuery(query: string, request: { readonly reading: Reading }): QueryParameters {
  if (query === '') return none
  const found: Record<string, string> = {}
  for (const pair of query.split('&')) {
    const equals = pair.indexOf('=')
    const given = decode(equals < 0 ? pair : pair.slice(0, equals), 'the query')
    const name = byFolded.get(given.toLowerCase())
    if (name === undefined) continue
    if (given !== name) checkMemberCase(given, name, request.reading)
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
