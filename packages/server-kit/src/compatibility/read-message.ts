import type { JsonObject } from '@scimkit/core/internal'
import { foldCase, urns } from '@scimkit/core/schema'
import { badRequest } from '../bad-request.js'
import { type Reading, tolerate } from './reading.js'

/**
 * Tells whether `schemas` is left out.
 *
 * @param schemas Member `schemas` of a body.
 * @returns Whether it is absent, `null` or an empty list.
 */
export function isWithoutSchemas(schemas: unknown): boolean {
  return schemas === undefined || schemas === null || (Array.isArray(schemas) && schemas.length === 0)
}

/**
 * Checks `schemas` of a message. Rules `patchWithoutSchemas` and `messageWithoutSchemas`: when it is missing, the
 * message that belongs there is assumed; a wrong URN is refused in every mode.
 *
 * @param schemas Member `schemas` of the body.
 * @param urn URN of the message.
 * @param reading Rules and the receiver of notes.
 * @throws {ScimError} 400 `invalidSyntax`.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-8.2
 */
export function checkMessageSchemas(schemas: unknown, urn: string, reading: Reading): void {
  const rule = urn === urns.patchOp ? 'patchWithoutSchemas' : 'messageWithoutSchemas'
  const detail = 'a body without schemas was read as the message that belongs here'
  if (isWithoutSchemas(schemas) && tolerate(reading, { rule, path: 'schemas', detail })) return
  const wanted = foldCase(urn)
  const given: readonly unknown[] = Array.isArray(schemas) ? schemas : []
  if (given.some((one) => typeof one === 'string' && foldCase(one) === wanted)) return
  throw badRequest('invalidSyntax', `schemas must be a list that holds ${urn}`)
}

/**
 * Rule `messageKeyCase`: finds a member of a message also in another case, such as `operations` for `Operations`. It is
 * never ignored, since a message without it means something else: without its filter, a query selects everything.
 *
 * @param message A message or a part of it.
 * @param name Name as the RFC spells it.
 * @param reading Rules and the receiver of notes.
 * @returns The value; `undefined` when there is no such member.
 * @throws {ScimError} 400 `invalidValue` for another case where the rule is off, and for a member given twice.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export function findMessageMember(message: object, name: string, reading: Reading): unknown {
  const members = message as JsonObject // its own keys are read
  const folded = name.toLowerCase()
  const keys = Object.keys(members).filter((key) => key.length === name.length && key.toLowerCase() === folded)
  const [key] = keys
  if (key === undefined) return undefined
  if (keys.length > 1) throw badRequest('invalidValue', `${name} is given twice in different spelling; give it once`)
  checkMemberCase(key, name, reading)
  return members[key]
}

/**
 * Finds several members of a message as `findMessageMember` does.
 *
 * @param message A message or a part of it.
 * @param names Names as the RFC spells them.
 * @param reading Rules and the receiver of notes.
 * @returns The values by these names; other members are left out.
 * @throws {ScimError} As `findMessageMember`.
 */
export function findMessageMembers<Name extends string>(
  message: object,
  names: readonly Name[],
  reading: Reading,
): Readonly<Partial<Record<Name, unknown>>> {
  const found: Partial<Record<Name, unknown>> = {}
  for (const name of names) found[name] = findMessageMember(message, name, reading)
  return found
}

/**
 * Rule `messageKeyCase`: checks the spelling of a member or a query parameter that is known.
 *
 * @param given Name as it was sent.
 * @param name Name as the RFC spells it.
 * @param reading Rules and the receiver of notes.
 * @throws {ScimError} 400 `invalidValue` for another case where the rule is off.
 */
export function checkMemberCase(given: string, name: string, reading: Reading): void {
  if (given === name) return
  const detail = `"${given}" was read as "${name}"`
  if (tolerate(reading, { rule: 'messageKeyCase', path: name, detail })) return
  throw badRequest('invalidValue', `"${given}" must be spelt "${name}"`)
}

/**
 * Rule `keywordCase`: finds the keyword that a string names in another case, such as `post` and `DESCENDING`.
 *
 * @param given Text as it came.
 * @param keyword Member or parameter that holds it, and the keywords as the RFC spells them.
 * @param reading Rules and the receiver of notes.
 * @returns The keyword where the rule allows it, else what came.
 */
export function foldKeyword(
  given: string,
  { path, keywords }: { readonly path: string; readonly keywords: readonly string[] },
  reading: Reading,
): string {
  if (keywords.includes(given)) return given
  const folded = keywords.find((keyword) => keyword.toLowerCase() === given.toLowerCase())
  const detail = `a keyword in another case was read as "${folded}"`
  return folded !== undefined && tolerate(reading, { rule: 'keywordCase', path, detail }) ? folded : given
}

/**
 * Rule `doubledSlashes`: joins several slashes in a path, as they come from base URLs that end in one.
 *
 * @param path Path of a request or of a bulk operation.
 * @param reading Rules and the receiver of notes.
 * @returns The path with single slashes where the rule allows it, else what came.
 */
export function joinSlashes(path: string, reading: Reading): string {
  if (!path.includes('//')) return path
  const detail = 'several slashes in a path were read as one'
  return tolerate(reading, { rule: 'doubledSlashes', detail }) ? path.replace(/\/{2,}/g, '/') : path
}
