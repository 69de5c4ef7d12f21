import type { PatchOperation } from '@scimkit/core/schema'
import { findMessageMember } from '../compatibility/find-message-member.js'
import { allows, type Reading } from '../compatibility/reading.js'
import { patchError } from './patch-error.js'
import { isMembers } from './write-member.js'

const ops = ['add', 'remove', 'replace'] as const

/**
 * Reads one operation of a PATCH message; what it leads to is not looked at yet.
 *
 * @param operation Operation as it came.
 * @param reading Rules and the receiver of notes.
 * @returns The operation with its op in lower case; `path` and `value` only where they were given.
 * @throws {ScimError} 400 `invalidSyntax`, `invalidPath`, `noTarget` or `invalidValue`.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export function readOperation(operation: unknown, reading: Reading): PatchOperation {
  if (!isMembers(operation)) throw patchError('invalidSyntax', 'An operation must be an object with op, path and value')
  const op = foldOpCase(findMessageMember(operation, 'op', reading), reading)
  if (op === undefined) throw patchError('invalidSyntax', 'op must be add, remove or replace')
  // `"path": null` is how some serialisers write that there is none.
  const path = findMessageMember(operation, 'path', reading) ?? undefined
  const given = findMessageMember(operation, 'value', reading)
  const value = path === undefined && op !== 'remove' ? unwrapPathless(given, reading) : given
  if (path !== undefined && typeof path !== 'string') throw patchError('invalidPath', 'path must be a text')
  checkParts(op, path, value, reading)
  if (path === undefined) return { op, value }
  return value === undefined ? { op, path } : { op, path, value }
}

/** Rule `pathlessList`: reads a list of one object, the value of an operation without path, as that object. */
function unwrapPathless(value: unknown, reading: Reading): unknown {
  if (!Array.isArray(value) || value.length !== 1 || !isMembers(value[0])) return value
  const detail = 'a list of one object was read as that object'
  return allows(reading, 'pathlessList', 'value', detail) ? value[0] : value
}

function checkParts(op: PatchOperation['op'], path: string | undefined, value: unknown, reading: Reading): void {
  if (op === 'remove') {
    if (path === undefined) throw patchError('noTarget', 'remove needs a path; name the attribute to remove')
    return
  }
  if (value === undefined) {
    const scimType = op === 'add' ? 'invalidSyntax' : 'invalidValue'
    throw patchError(scimType, `${op} needs a value`)
  }
  if (path !== undefined) return
  if (!reading.rules.pathlessOperations) throw patchError('invalidSyntax', `${op} needs a path`)
  if (!isMembers(value)) throw patchError('invalidValue', `${op} without a path needs an object as its value`)
}

/**
 * Rule `opCaseInsensitive`: reads `"Add"` and `"Replace"`, as Microsoft Entra sends them, as the operation they name.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
function foldOpCase(given: unknown, reading: Reading): PatchOperation['op'] | undefined {
  const exact = ops.find((op) => op === given)
  if (exact || typeof given !== 'string') return exact
  const folded = ops.find((op) => op === given.toLowerCase())
  const detail = `op "${given}" was read as "${folded}"`
  return folded && allows(reading, 'opCaseInsensitive', 'op', detail) ? folded : undefined
}
