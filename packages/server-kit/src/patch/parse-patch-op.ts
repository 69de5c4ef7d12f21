import { type Compatibility, foldCase, type PatchOperation, urns } from '@scimkit/core/schema'
import { assumeSchemas } from '../compatibility/assume-schemas.js'
import { findMessageMember } from '../compatibility/find-message-member.js'
import { ignoreNote, type OnNote } from '../compatibility/note.js'
import { allows, type Reading } from '../compatibility/reading.js'
import { type CompatibilityRules, resolveCompatibility } from '../compatibility/resolve-compatibility.js'
import { patchError } from './patch-error.js'
import { readOperation } from './read-operation.js'
import { isMembers } from './write-member.js'

/**
 * Parses the body of a PATCH request.
 *
 * @param body JSON value of the body.
 * @param compatibility How tolerant the reading is, or rules that were resolved before; `lenient` when absent.
 * @param onNote Receiver of notes.
 * @returns The operations in their order, with ops in lower case.
 * @throws {ScimError} 400 `invalidSyntax` when the message or an op is wrong or `add` has no value; `noTarget` for
 * `remove` without path; `invalidValue` for `replace` without value or a path-less value that is no object.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export function parsePatchOp(
  body: unknown,
  compatibility?: Compatibility | CompatibilityRules,
  onNote: OnNote = ignoreNote,
): PatchOperation[] {
  const rules = resolveCompatibility(compatibility)
  const reading = { rules, onNote }
  const message = wrapBareOperations(body, reading)
  if (!isMembers(message)) throw patchError('invalidSyntax', 'The body must be a PatchOp message')
  assumeSchemas(findMessageMember(message, 'schemas', reading), urns.patchOp, 'patchWithoutSchemas', reading)
  const given = allowEmptyOperations(findMessageMember(message, 'Operations', reading), reading)
  const operations = given.map((operation) => readOperation(operation, reading))
  if (!rules.repeatedTargets) checkTargetsOnce(operations)
  return operations
}

function checkTargetsOnce(operations: readonly PatchOperation[]): void {
  const seen = new Set<string>()
  for (const { path = 'the whole resource' } of operations) {
    const folded = foldCase(path)
    if (seen.has(folded)) throw patchError('invalidSyntax', `${path} has several operations; send one for each path`)
    seen.add(folded)
  }
}

/**
 * Rule `bareOperations`: reads a list of operations without the message around it, as the bulk example of the RFC
 * suggests it, as a PatchOp message.
 *
 * @see https://www.rfc-editor.org/errata/eid5050
 */
function wrapBareOperations(body: unknown, reading: Reading): unknown {
  if (!Array.isArray(body)) return body
  const detail = 'a list of operations was read as a PatchOp message'
  return allows(reading, 'bareOperations', undefined, detail) ? { schemas: [urns.patchOp], Operations: body } : body
}

/**
 * Checks that `Operations` is a list that holds something. Rule `emptyOperations`: an empty list changes nothing.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
function allowEmptyOperations(operations: unknown, reading: Reading): readonly unknown[] {
  if (!Array.isArray(operations)) {
    throw patchError('invalidSyntax', 'Operations must be a list of operations')
  }
  const detail = 'an empty list of operations was read as no change'
  if (operations.length > 0 || allows(reading, 'emptyOperations', 'Operations', detail)) return operations
  throw patchError('invalidSyntax', 'Operations must hold at least one operation')
}
