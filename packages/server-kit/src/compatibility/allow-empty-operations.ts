import { patchError } from '../patch/patch-error.js'
import { allows, type Reading } from './reading.js'

/**
 * Checks that `Operations` is a list that holds something. Rule `emptyOperations`: an empty list changes nothing.
 *
 * @param operations Member `Operations` of a PATCH body.
 * @param reading Rules and the receiver of notes.
 * @returns The list.
 * @throws {ScimError} 400 `invalidSyntax`.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export function allowEmptyOperations(operations: unknown, reading: Reading): readonly unknown[] {
  if (!Array.isArray(operations)) {
    throw patchError('invalidSyntax', 'Operations must be a list of operations')
  }
  const detail = 'an empty list of operations was read as no change'
  if (operations.length > 0 || allows(reading, 'emptyOperations', 'Operations', detail)) return operations
  throw patchError('invalidSyntax', 'Operations must hold at least one operation')
}
