import { allows, type Reading } from './reading.js'

/**
 * Rule `opCaseInsensitive`: reads `"Add"` and `"Replace"`, as Microsoft Entra sends them, as the operation they name.
 *
 * @param op Member `op` of an operation.
 * @param reading Rules and the receiver of notes.
 * @returns The name in lower case where the rule allows it, else what came.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export function foldOpCase(op: unknown, reading: Reading): unknown {
  if (typeof op !== 'string') return op
  const folded = op.toLowerCase()
  if (folded === op || (folded !== 'add' && folded !== 'remove' && folded !== 'replace')) return op
  return allows(reading, 'opCaseInsensitive', { path: 'op', detail: `op "${op}" was read as "${folded}"` })
    ? folded
    : op
}
