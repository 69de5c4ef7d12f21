import { isObject, type JsonObject } from '@scimkit/core/internal'
import type { Compatibility, PatchOperation, ResourceDefinition, SchemaDefinition } from '@scimkit/core/schema'
import { badRequest } from '../bad-request.js'
import { ignoreUnknownAttribute } from '../compatibility/read-path.js'
import { ignoreNote, type OnNote } from '../compatibility/reading.js'
import { type CompatibilityRules, resolveCompatibility } from '../compatibility/resolve-compatibility.js'
import { sameJson, valueAt } from '../json.js'
import { changeAttribute } from './change-attribute.js'
import { changeSchemas, removeExtension, writeAttribute } from './change-schemas.js'
import { checkRequired } from './check-required.js'
import { readOperation } from './parse-patch-op.js'
import { PatchContext } from './patch-context.js'
import {
  type ExtensionSelection,
  findNamedTarget,
  findTarget,
  findTargetInside,
  type PatchTarget,
} from './select-target.js'

/** Options of `applyPatch`. */
export interface ApplyPatchOptions {
  /** How tolerant the reading is, or rules that were resolved before; `lenient` when absent. */
  readonly compatibility?: Compatibility | CompatibilityRules | undefined
  /** Called whenever a rule beyond the RFC's letter was needed. */
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
 * @param operations Operations, as `parsePatchOp` returns them.
 * @param options Compatibility and the receiver of notes.
 * @returns The resource after the last operation.
 * @throws {ScimError} 400: `invalidPath` for an unknown or malformed path, `invalidFilter` for what is in brackets,
 * `noTarget` when a value filter selects nothing, `mutability` for what cannot be changed or removed, `invalidValue`
 * for a wrong type, `invalidSyntax` for what is not an operation; 413 when the operations look at too many elements.
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
  const before = resource as unknown as JsonObject // a resource is a JSON object
  const rules = resolveCompatibility(compatibility)
  const context = new PatchContext({ definition, rules, onNote, findId, before, returned })
  for (const operation of operations) applyOperation(context, readOperation(operation, context))
  return isChanged(context) ? (context.after as unknown as T) : resource // operations change values within the schemas
}

/** Operations may undo each other, so what was written is compared with what was there. */
function isChanged({ definition, before, after, written }: PatchContext): boolean {
  let changed = false
  for (const name of written) {
    const change = { before: valueAt(before, name), after: valueAt(after, name) }
    if (sameJson(change.after, change.before)) continue
    changed = true
    checkRequired(definition, name, change)
  }
  return changed
}

/** Without a path, each member of the value is an operation of its own. */
function applyOperation(context: PatchContext, operation: PatchOperation): void {
  const { op, path, value } = operation
  if (path !== undefined) {
    applyToTarget(context, findTarget(context.definition, path, context), operation)
    return
  }
  const given = value as JsonObject // readOperation lets nothing else pass
  for (const key of Object.keys(given)) {
    const target = findNamedTarget(context.definition, key, context)
    if (target) applyToTarget(context, target, { op, value: given[key] })
    else ignoreUnknownAttribute(key, context)
  }
}

function applyToTarget(context: PatchContext, target: PatchTarget, operation: PatchOperation): void {
  const { extension, attribute } = target
  if (!attribute) applyToExtension(context, target, operation)
  else if (!extension && attribute.name === 'schemas') changeSchemas(context, target, operation)
  else writeAttribute(context, target, changeAttribute(target, operation, context))
}

/** The container of an extension is merged as a complex attribute is; what it holds are attributes of their own. */
function applyToExtension(
  context: PatchContext,
  { extension, path }: ExtensionSelection,
  operation: PatchOperation,
): void {
  const { op, value } = operation
  if (op === 'remove' || (op === 'replace' && value === null)) removeExtension(context, extension)
  else if (isObject(value)) mergeExtension(context, extension, { op, value })
  else if (value !== null) throw badRequest('invalidValue', `${path} must be an object`)
}

function mergeExtension(
  context: PatchContext,
  extension: SchemaDefinition,
  { op, value }: { readonly op: PatchOperation['op']; readonly value: JsonObject },
): void {
  for (const key of Object.keys(value)) {
    const target = findTargetInside(context.definition, { extension, key }, context)
    if (target) applyToTarget(context, target, { op, value: value[key] })
    else ignoreUnknownAttribute(`${extension.id}:${key}`, context)
  }
}
