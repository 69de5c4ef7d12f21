import type { Compatibility, PatchOperation, ResourceDefinition } from '@scimkit/core/schema'
import { ignoreNote, type OnNote } from '../compatibility/note.js'
import { type CompatibilityRules, resolveCompatibility } from '../compatibility/resolve-compatibility.js'
import { applyOperation } from './apply-operation.js'
import { checkRequired } from './check-required.js'
import type { Draft } from './draft.js'
import { ElementBudget } from './element-budget.js'
import { readOperation } from './read-operation.js'
import { sameJson } from './same-json.js'
import { type Members, readMember } from './write-member.js'

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
  /**
   * Finds the id behind the URL of one of your own resources, empty for any other text; what rule `memberFromRef` needs.
   * `types` are the resource types that the attribute allows, where its schema names some.
   */
  readonly findId?: ((reference: string, types?: readonly string[]) => string) | undefined
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
 * for a wrong type, `invalidSyntax` for an operation that is none; 413 when the operations look at too many elements.
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
  const { compatibility, onNote = ignoreNote, returned, findId } = options
  const before = resource as unknown as Members // a resource is a JSON object
  const rules = resolveCompatibility(compatibility)
  const reading = { rules, onNote, returned, findId, budget: new ElementBudget() }
  const draft: Draft = { ...reading, definition, before, after: before, written: [] }
  for (const operation of operations) applyOperation(draft, readOperation(operation, draft))
  return isChanged(draft) ? (draft.after as unknown as T) : resource // operations change values within the schemas
}

/** Operations may undo each other, so what was written is compared with what was there. */
function isChanged({ definition, before, after, written }: Draft): boolean {
  let changed = false
  for (const name of written) {
    const was = readMember(before, name)
    const is = readMember(after, name)
    if (sameJson(is, was)) continue
    changed = true
    checkRequired(definition, name, was, is)
  }
  return changed
}
