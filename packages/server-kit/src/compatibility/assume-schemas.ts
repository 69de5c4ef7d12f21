import { type CompatibilityRule, foldCase } from '@scimkit/core/schema'
import { patchError } from '../patch/patch-error.js'
import { allows, type Reading } from './reading.js'

/**
 * Tells whether `schemas` says nothing.
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
 * @param rule Rule that lets it be missing.
 * @param reading Rules and the receiver of notes.
 * @throws {ScimError} 400 `invalidSyntax`.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-8.2
 */
export function assumeSchemas(schemas: unknown, urn: string, rule: CompatibilityRule, reading: Reading): void {
  const detail = 'a body without schemas was read as the message that belongs here'
  if (isWithoutSchemas(schemas) && allows(reading, rule, 'schemas', detail)) return
  const wanted = foldCase(urn)
  const given: readonly unknown[] = Array.isArray(schemas) ? schemas : []
  if (given.some((one) => typeof one === 'string' && foldCase(one) === wanted)) return
  throw patchError('invalidSyntax', `schemas must be a list that holds ${urn}`)
}
