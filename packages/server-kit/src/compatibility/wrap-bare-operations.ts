import { urns } from '@scimkit/core/schema'
import { allows, type Reading } from './reading.js'

/**
 * Rule `bareOperations`: reads a list of operations without the message around it, as the bulk example of the RFC
 * suggests it, as a PatchOp message.
 *
 * @param body Body of a PATCH request, or `data` of a bulk operation.
 * @param reading Rules and the receiver of notes.
 * @returns The message where the rule allows it, else what came.
 * @see https://www.rfc-editor.org/errata/eid5050
 */
export function wrapBareOperations(body: unknown, reading: Reading): unknown {
  if (!Array.isArray(body)) return body
  const detail = 'a list of operations was read as a PatchOp message'
  return allows(reading, 'bareOperations', undefined, detail) ? { schemas: [urns.patchOp], Operations: body } : body
}
