import type { PatchOperation } from '@scimkit/core/schema'
import { allows, type Reading } from './reading.js'

const ops = ['add', 'remove', 'replace'] as const

/**
 * Rule `opCaseInsensitive`: reads `"Add"` and `"Replace"`, as Microsoft Entra sends them, as the operation they name.
 *
 * @param given Member `op` of an operation.
 * @param reading Rules and the receiver of notes.
 * @returns The name in lower case; `undefined` when it names no operation, or the rule does not allow its case.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export function foldOpCase(given: unknown, reading: Reading): PatchOperation['op'] | undefined {
  const exact = ops.find((op) => op === given)
  if (exact || typeof given !== 'string') return exact
  const folded = ops.find((op) => op === given.toLowerCase())
  const detail = `op "${given}" was read as "${folded}"`
  return folded && allows(reading, 'opCaseInsensitive', 'op', detail) ? folded : undefined
}
