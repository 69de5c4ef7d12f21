import type { PatchOperation } from '@scimkit/core/schema'
import { isReference, readOwnReference, refuseEmptyId } from '../compatibility/read-reference.js'
import type { Reading } from '../compatibility/reading.js'
import { changeElements, isIdGone } from './change-elements.js'
import { changeMember, changeValue, listOf, settleValue } from './change-value.js'
import { listReadOnlyAlone, refuseReadOnly } from './check-mutability.js'
import { patchError } from './patch-error.js'
import { type Change, readChange } from './read-change.js'
import { sameJson } from './same-json.js'
import type { AttributeSelection } from './select-target.js'
import { readMember } from './write-member.js'

/**
 * Applies an operation to the attribute that its path selects.
 *
 * @param selection Attribute, elements and sub-attribute that are meant.
 * @param current Value of the attribute; `undefined` when there is none.
 * @param operation Operation with its value as it came.
 * @param reading Rules and the receiver of notes.
 * @returns The new value of the attribute; the same reference when nothing changed, `undefined` when it is unassigned.
 * @throws {ScimError} 400 `mutability`, `invalidValue`, `noTarget`.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export function changeAttribute(
  selection: AttributeSelection,
  current: unknown,
  operation: PatchOperation,
  reading: Reading,
): unknown {
  const { attribute, filter, subAttribute, path } = selection
  const target = subAttribute ?? attribute
  if (attribute.multiValued) reading.budget?.spend(listOf(current).length, filter?.terms)
  if (filter && !subAttribute && !reading.rules.elementTargets) {
    throw patchError('invalidPath', `${path} must end in a sub-attribute`)
  }
  if (attribute.mutability === 'readOnly' || target.mutability === 'readOnly') {
    const isWhole = !filter && !(subAttribute && attribute.multiValued)
    const shown = readShown(selection, current, reading)
    const before = subAttribute ? readMember(shown, subAttribute.name) : shown
    refuseReadOnly(target, before, isWhole && operation.op !== 'remove' ? operation.value : undefined, path, reading)
    return current
  }
  if (!subAttribute && !attribute.multiValued && operation.op !== 'remove') {
    const parts = listReadOnlyAlone(attribute, operation.value)
    for (const [sub, value] of parts) {
      const before = readMember(readShown(selection, current, reading), sub.name)
      refuseReadOnly(sub, before, value, `${path}.${sub.name}`, reading)
    }
    if (parts.length > 0) return current
  }
  // What is sent back as it is stored is no change, whatever the schema of today says of it.
  if (!filter && operation.op !== 'remove' && !(subAttribute && attribute.multiValued)) {
    const before = subAttribute ? readMember(current, subAttribute.name) : current
    if (before !== undefined && sameJson(operation.value, before)) return current
  }
  const isElement = target === attribute && filter !== undefined
  const change = readChange(operation, { attribute: target, isElement, path }, reading)
  if (!change) return current
  if (!isReference(attribute)) return changeSelected(selection, current, change, reading)
  const meant = readReferencePart(selection, change, reading)
  const next = changeSelected(meant.selection, current, meant.change, reading)
  const isLost = !attribute.multiValued && isIdGone(current, next)
  return isLost ? settleValue(attribute, current, undefined, path) : next
}

/** An empty id names no resource; a `$ref` that leads to a resource of this service provider names it by its id. */
function readReferencePart(
  selection: AttributeSelection,
  change: Change,
  reading: Reading,
): { readonly selection: AttributeSelection; readonly change: Change } {
  const { attribute, subAttribute, path } = selection
  if (subAttribute?.name === 'value' && change.value === '') {
    refuseEmptyId(attribute, path, reading)
    return { selection: { ...selection, subAttribute: undefined }, change: { kind: 'remove' } }
  }
  if (attribute.multiValued || subAttribute?.name !== '$ref' || typeof change.value !== 'string') {
    return { selection, change }
  }
  const id = readOwnReference(attribute, change.value, path, reading)
  const value = attribute.subAttributes?.find(({ name }) => name === 'value')
  return id === undefined
    ? { selection, change }
    : { selection: { ...selection, subAttribute: value }, change: { kind: change.kind, value: id } }
}

function readShown({ attribute, extension }: AttributeSelection, current: unknown, { returned }: Reading): unknown {
  if (!returned) return current
  return readMember(extension ? readMember(returned, extension.id) : returned, attribute.name)
}

function changeSelected(selection: AttributeSelection, current: unknown, change: Change, reading: Reading): unknown {
  const { attribute, filter, subAttribute, path } = selection
  if (attribute.multiValued && (filter || subAttribute)) {
    return settleValue(attribute, current, changeElements(selection, current, change, reading), path)
  }
  if (!subAttribute) return changeValue(attribute, current, change, path, reading.rules)
  return settleValue(attribute, current, changeMember(subAttribute, current, change, path, reading.rules), path)
}
