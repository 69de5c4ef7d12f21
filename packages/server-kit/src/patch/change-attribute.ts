import type { PatchOperation } from '@scimkit/core/schema'
import { badRequest } from '../bad-request.js'
import { isReference, readOwnReference, refuseEmptyId } from '../compatibility/read-reference.js'
import { listOf, sameJson, valueAt } from '../json.js'
import { changeElements, isIdGone } from './change-elements.js'
import { changeMember, changeValue, settleValue } from './change-value.js'
import { listReadOnlyAlone, refuseReadOnly } from './mutability.js'
import type { Draft } from './patch-context.js'
import { type Change, readChange } from './read-change.js'
import type { AttributeSelection } from './select-target.js'

/**
 * Applies an operation to the attribute that its path selects.
 *
 * @param selection Attribute, elements and sub-attribute that are meant.
 * @param current Value of the attribute; `undefined` when there is none.
 * @param operation Operation with its value as it came.
 * @param draft The resource while it changes, and how the request is read.
 * @returns The new value of the attribute; the same reference when nothing changed, `undefined` when it is unassigned.
 * @throws {ScimError} 400 `mutability`, `invalidValue`, `noTarget`.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export function changeAttribute(
  selection: AttributeSelection,
  current: unknown,
  operation: PatchOperation,
  draft: Draft,
): unknown {
  const { attribute, filter, subAttribute, path } = selection
  const target = subAttribute ?? attribute
  if (attribute.multiValued) draft.budget.spend(listOf(current).length, filter?.terms)
  if (filter && !subAttribute && !draft.rules.elementTargets) {
    throw badRequest('invalidPath', `${path} must end in a sub-attribute`)
  }
  if (attribute.mutability === 'readOnly' || target.mutability === 'readOnly') {
    const isWhole = !filter && !(subAttribute && attribute.multiValued)
    const shown = readShown(selection, current, draft)
    const before = subAttribute ? valueAt(shown, subAttribute.name) : shown
    refuseReadOnly(target, before, isWhole && operation.op !== 'remove' ? operation.value : undefined, path, draft)
    return current
  }
  if (!subAttribute && !attribute.multiValued && operation.op !== 'remove') {
    const parts = listReadOnlyAlone(attribute, operation.value)
    for (const [sub, value] of parts) {
      const before = valueAt(readShown(selection, current, draft), sub.name)
      refuseReadOnly(sub, before, value, `${path}.${sub.name}`, draft)
    }
    if (parts.length > 0) return current
  }
  // What is sent back as it is stored is no change, whatever the schema of today says of it.
  if (!filter && operation.op !== 'remove' && !(subAttribute && attribute.multiValued)) {
    const before = subAttribute ? valueAt(current, subAttribute.name) : current
    if (before !== undefined && sameJson(operation.value, before)) return current
  }
  const isElement = target === attribute && filter !== undefined
  const change = readChange(operation, { attribute: target, isElement, path }, draft)
  if (!change) return current
  if (!isReference(attribute)) return changeSelected(selection, current, change, draft)
  const meant = readReferencePart(selection, change, draft)
  const next = changeSelected(meant.selection, current, meant.change, draft)
  const isLost = !attribute.multiValued && isIdGone(current, next)
  return isLost ? settleValue(attribute, current, undefined, path) : next
}

/** An empty id names no resource; a `$ref` that leads to a resource of this service provider names it by its id. */
function readReferencePart(
  selection: AttributeSelection,
  change: Change,
  draft: Draft,
): { readonly selection: AttributeSelection; readonly change: Change } {
  const { attribute, subAttribute, path } = selection
  if (subAttribute?.name === 'value' && change.value === '') {
    refuseEmptyId(attribute, path, draft)
    return { selection: { ...selection, subAttribute: undefined }, change: { kind: 'remove' } }
  }
  if (attribute.multiValued || subAttribute?.name !== '$ref' || typeof change.value !== 'string') {
    return { selection, change }
  }
  const id = readOwnReference(attribute, change.value, path, draft)
  const value = attribute.subAttributes?.find(({ name }) => name === 'value')
  return id === undefined
    ? { selection, change }
    : { selection: { ...selection, subAttribute: value }, change: { kind: change.kind, value: id } }
}

function readShown({ attribute, extension }: AttributeSelection, current: unknown, { returned }: Draft): unknown {
  if (!returned) return current
  return valueAt(extension ? valueAt(returned, extension.id) : returned, attribute.name)
}

function changeSelected(selection: AttributeSelection, current: unknown, change: Change, draft: Draft): unknown {
  const { attribute, filter, subAttribute, path } = selection
  if (attribute.multiValued && (filter || subAttribute)) {
    return settleValue(attribute, current, changeElements(selection, current, change, draft), path)
  }
  if (!subAttribute) return changeValue(attribute, current, change, path, draft.rules)
  return settleValue(attribute, current, changeMember(subAttribute, current, change, path, draft.rules), path)
}
