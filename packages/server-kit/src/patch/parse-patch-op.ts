import { isObject } from '@scimkit/core/internal'
import { type Compatibility, foldCase, type PatchOperation, urns } from '@scimkit/core/schema'
import { badRequest } from '../bad-request.js'
import { checkMessageSchemas, findMessageMember } from '../compatibility/read-message.js'
import { ignoreNote, type OnNote, type Reading, tolerate } from '../compatibility/reading.js'
import { type CompatibilityRules, resolveCompatibility } from '../compatibility/resolve-compatibility.js'

/**
 * Parses the body of a PATCH request.
 *
 * @param body JSON value of the body.
 * @param compatibility How tolerant the reading is, or rules that were resolved before; `lenient` when absent.
 * @param onNote Receiver of notes.
 * @returns The operations in their order, with ops in lower case.
 * @throws {ScimError} 400 `invalidSyntax` when the message or an op is wrong or `add` has no value; `noTarget` for
 * `remove` without path; `invalidValue` for `replace` without value or a path-less value that is not an object.
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
  if (!isObject(message)) throw badRequest('invalidSyntax', 'The body must be a PatchOp message')
  checkMessageSchemas(findMessageMember(message, 'schemas', reading), urns.patchOp, reading)
  const given = allowEmptyOperations(findMessageMember(message, 'Operations', reading), reading)
  const operations = given.map((operation) => readOperation(operation, reading))
  if (!rules.repeatedTargets) checkTargetsOnce(operations)
  return operations
}

function checkTargetsOnce(operations: readonly PatchOperation[]): void {
  const seen = new Set<string>()
  for (const { path = 'the whole resource' } of operations) {
    const folded = foldCase(path)
    if (seen.has(folded)) throw badRequest('invalidSyntax', `${path} has several operations; send one for each path`)
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
  return tolerate(reading, { rule: 'bareOperations', detail }) ? { schemas: [urns.patchOp], Operations: body } : body
}

/**
 * Checks that `Operations` is a list that holds something. Rule `emptyOperations`: an empty list changes nothing.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
function allowEmptyOperations(operations: unknown, reading: Reading): readonly unknown[] {
  if (!Array.isArray(operations)) {
    throw badRequest('invalidSyntax', 'Operations must be a list of operations')
  }
  const detail = 'an empty list of operations was read as no change'
  if (operations.length > 0 || tolerate(reading, { rule: 'emptyOperations', path: 'Operations', detail }))
    return operations
  throw badRequest('invalidSyntax', 'Operations must hold at least one operation')
}

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
  if (!isObject(operation)) throw badRequest('invalidSyntax', 'An operation must be an object with op, path and value')
  const op = foldOpCase(findMessageMember(operation, 'op', reading), reading)
  if (op === undefined) throw badRequest('invalidSyntax', 'op must be add, remove or replace')
  // `"path": null` is how some serialisers write that there is none.
  const path = findMessageMember(operation, 'path', reading) ?? undefined
  const given = findMessageMember(operation, 'value', reading)
  const value = path === undefined && op !== 'remove' ? unwrapPathless(given, reading) : given
  if (path !== undefined && typeof path !== 'string') throw badRequest('invalidPath', 'path must be a string')
  checkParts(op, path, value, reading)
  if (path === undefined) return { op, value }
  return value === undefined ? { op, path } : { op, path, value }
}

/** Rule `pathlessList`: reads a list of one object, the value of an operation without path, as that object. */
function unwrapPathless(value: unknown, reading: Reading): unknown {
  if (!Array.isArray(value) || value.length !== 1 || !isObject(value[0])) return value
  const detail = 'a list of one object was read as that object'
  return tolerate(reading, { rule: 'pathlessList', path: 'value', detail }) ? value[0] : value
}

function checkParts(op: PatchOperation['op'], path: string | undefined, value: unknown, reading: Reading): void {
  if (op === 'remove') {
    if (path === undefined) throw badRequest('noTarget', 'remove needs a path; name the attribute to remove')
    return
  }
  if (value === undefined) {
    const scimType = op === 'add' ? 'invalidSyntax' : 'invalidValue'
    throw badRequest(scimType, `${op} needs a value`)
  }
  if (path !== undefined) return
  if (!allowsPathless(reading.rules)) throw badRequest('invalidSyntax', `${op} needs a path`)
  if (!isObject(value)) throw badRequest('invalidValue', `${op} without a path needs an object as its value`)
}

/**
 * Tells whether an operation may come without path.
 *
 * @param rules Rules that hold.
 * @returns Whether rule `pathlessOperations` is on.
 */
export function allowsPathless({ pathlessOperations }: CompatibilityRules): boolean {
  return pathlessOperations
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
  return folded && tolerate(reading, { rule: 'opCaseInsensitive', path: 'op', detail }) ? folded : undefined
}
