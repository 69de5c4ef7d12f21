import type { Compatibility, PatchOperation, ResourceDefinition } from '@scimkit/core/schema'
import { ignoreNote, type OnNote } from '../compatibility/note.js'
import { type CompatibilityRules, resolveCompatibility } from '../compatibility/resolve-compatibility.js'
import { applyOperation } from './apply-operation.js'
import { checkRequired } from './check-required.js'
import { readOperation } from './read-operation.js'
import { sameJson } from './same-json.js'
import type { Members } from './write-member.js'

/** Options of `applyPatch`. */
export interface ApplyPatchOptions {
  /** How tolerant the reading is, or rules that were resolved before; `lenient` when absent. */
  readonly compatibility?: Compatibility | CompatibilityRules | undefined
  /** Told whenever a rule beyond the RFC's letter was needed. */
  readonly onNote?: OnNote | undefined
  /**
   * The resource as clients are shown it, where that is more than what is stored: `meta.location`, `groups`. A readOnly
   * attribute that is sent back is compared with it.
   */
  readonly returned?: object | undefined
}

/**
 * Applies the operations of a PATCH request in order and returns the changed resource.
 *
 * The given resource is left untouched; the same reference comes back when nothing changed, and what the operations
 * do not name is shared between the two. One failing operation fails them all.
 *
 * @param definition Definition whose schemas name the attributes.
 * @param resource Resource as stored before the request, in schema spelling.
 * @param operations Operations, as `parsePatchOp` gives them.
 * @param options Compatibility and the receiver of notes.
 * @returns The resource after the last operation.
 * @throws {ScimError} 400: `invalidPath` for an unknown or malformed path, `invalidFilter` for what is in brackets,
 * `noTarget` when a value filter selects nothing, `mutability` for what cannot be changed or removed, `invalidValue`
 * for a wrong type, `invalidSyntax` for an operation that is none.
 * @throws {TypeError} When the compatibility has an unknown base or rule.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 * @example
 * applyPatch(userResource, user, [{ op: 'replace', path: 'name.familyName', value: 'King' }])
 */
export function applyPatch<T extends object>(
  definition: ResourceDefinition,
  resource: T,
  operations: readonly PatchOperation[],
  options: ApplyPatchOptions = {},
): T {
  const { compatibility, onNote = ignoreNote, returned } = options
  const reading = { rules: resolveCompatibility(compatibility), onNote, returned }
  const before = resource as unknown as Members // a resource is a JSON object
  let after = before
  for (const operation of operations) {
    after = applyOperation(definition, after, readOperation(operation, reading), reading)
  }
  // Operations may undo each other.
  if (sameJson(after, before)) return resource
  checkRequired(definition, before, after)
  return after as unknown as T // operations change values within the schemas
}
