import type { PatchOperation } from '@scimkit/core/schema'
import { acceptEmptyId, isReference, readOwnReference } from '../compatibility/read-reference.js'
import { listOf, sameJson, valueAt } from '../json.js'
import { changeElements, isIdGone } from './change-elements.js'
import { changeSubAttribute, changeValue, settleValue } from './change-value.js'
import { acceptReadOnly, listReadOnlyAlone } from './check-mutability.js'
import type { PatchContext } from './patch-context.js'
import { type Change, readChange } from './read-change.js'
import type { AttributeSelection } from './select-target.js'

/**
 * Applies an operation to the attribute that its path selects.
 *
 * @param selection Attribute, elements and sub-attribute that are meant.
 * @param operation Operation with its value as it came.
 * @param context Resource while it changes, and how the request is read.
 * @returns The new value of the attribute; the same reference when nothing changed, `undefined` when it is unassigned.
 * @throws {ScimError} 400 `mutability`, `invalidValue`, `noTarget`.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export function changeAttribute(
  selection: AttributeSelection,
  operation: PatchOperation,
  context: PatchContext,
): unknown {
  const { attribute, filter, subAttribute, path } = selection
  const current = context.read(selection)
  if (attribute.multiValued) context.budget.spend(listOf(current).length, filter?.terms)
  if (addressesReadOnly(selection, operation, context) || repeatsStored(selection, operation, current)) return current
  const isElement = filter !== undefined && !subAttribute
  const change = readChange(operation, { attribute: subAttribute ?? attribute, isElement, path }, context)
  if (!change) return current
  if (!isReference(attribute)) return changeSelected(selection, change, context)
  const meant = readReferencePart(selection, change, context)
  const next = changeSelected(meant.selection, meant.change, context)
  const isLost = !attribute.multiValued && isIdGone(current, next)
  return isLost ? settleValue(selection, current, undefined) : next
}

/** Whether all that the operation addresses is readOnly; it is refused then, unless it repeats what is there. */
function addressesReadOnly(selection: AttributeSelection, operation: PatchOperation, context: PatchContext): boolean {
  const { attribute, subAttribute, path } = selection
  const target = subAttribute ?? attribute
  const given = operation.op === 'remove' ? undefined : operation.value
  if (attribute.mutability === 'readOnly' || target.mutability === 'readOnly') {
    const shown = context.readShown(selection)
    const values = {
      current: subAttribute ? valueAt(shown, subAttribute.name) : shown,
      given: selectsWhole(selection) ? given : undefined,
    }
    acceptReadOnly({ attribute: target, path }, values, context)
    return true
  }
  if (subAttribute || attribute.multiValued) return false
  const parts = listReadOnlyAlone(attribute, given)
  for (const [sub, value] of parts) {
    const values = { current: valueAt(context.readShown(selection), sub.name), given: value }
    acceptReadOnly({ attribute: sub, path: `${path}.${sub.name}` }, values, context)
  }
  return parts.length > 0
}

/** What is sent back as it is stored changes nothing, whatever the schema says of it today. */
function repeatsStored(selection: AttributeSelection, { op, value }: PatchOperation, current: unknown): boolean {
  if (op === 'remove' || !selectsWhole(selection)) return false
  const { subAttribute } = selection
  const stored = subAttribute ? valueAt(current, subAttribute.name) : current
  return stored !== undefined && sameJson(value, stored)
}

function selectsWhole({ attribute, filter, subAttribute }: AttributeSelection): boolean {
  return !filter && !(subAttribute && attribute.multiValued)
}

interface MeantChange {
  readonly selection: AttributeSelection
  readonly change: Change
}

/** An empty id names no resource; a `$ref` that leads to a resource of this service provider names it by its id. */
function readReferencePart(selection: AttributeSelection, change: Change, context: PatchContext): MeantChange {
  const { attribute, subAttribute } = selection
  if (subAttribute?.name === 'value' && change.value === '') {
    acceptEmptyId(selection, context)
    return { selection: { ...selection, subAttribute: undefined }, change: { kind: 'remove' } }
  }
  if (attribute.multiValued || subAttribute?.name !== '$ref' || typeof change.value !== 'string') {
    return { selection, change }
  }
  const id = readOwnReference(selection, change.value, context)
  if (id === undefined) return { selection, change }
  const value = attribute.subAttributes?.find(({ name }) => name === 'value')
  return { selection: { ...selection, subAttribute: value }, change: { kind: 'add', value: id } }
}

function changeSelected(selection: AttributeSelection, change: Change, context: PatchContext): unknown {
  const { attribute, filter, subAttribute, path } = selection
  const current = context.read(selection)
  if (attribute.multiValued && (filter || subAttribute)) {
    return settleValue(selection, current, changeElements(selection, change, context))
  }
  if (!subAttribute) return changeValue(selection, current, change)
  return settleValue(selection, current, changeSubAttribute({ attribute: subAttribute, path }, current, change))
}
