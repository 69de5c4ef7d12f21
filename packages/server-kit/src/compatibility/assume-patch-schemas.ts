import { foldCase, urns } from '@scimkit/core/schema'
import { patchError } from '../patch/patch-error.js'
import { allows, type Reading } from './reading.js'

/**
 * Checks `schemas` of a PATCH body. Rule `patchWithoutSchemas`: when it is missing, the PatchOp message is assumed; a
 * wrong URN is refused in every mode.
 *
 * @param schemas Member `schemas` of the body.
 * @param reading Rules and the receiver of notes.
 * @throws {ScimError} 400 `invalidSyntax`.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export function assumePatchSchemas(schemas: unknown, reading: Reading): void {
  const missing = schemas === undefined || schemas === null || (Array.isArray(schemas) && schemas.length === 0)
  const detail = 'a body without schemas was read as a PatchOp message'
  if (missing && allows(reading, 'patchWithoutSchemas', 'schemas', detail)) return
  const wanted = foldCase(urns.patchOp)
  const given: readonly unknown[] = Array.isArray(schemas) ? schemas : []
  if (given.some((urn) => typeof urn === 'string' && foldCase(urn) === wanted)) return
  throw patchError('invalidSyntax', `schemas must be a list that holds ${urns.patchOp}`)
}
