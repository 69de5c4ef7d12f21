import { isObject, type JsonObject } from '@scimkit/core/internal'
import type { Attribute } from '@scimkit/core/schema'
import { badRequest } from '../bad-request.js'
import { isReference } from '../compatibility/read-reference.js'
import { listOf, valueAt } from '../json.js'
import { addElements, keepPrimary } from './change-list.js'
import { changeSubAttribute } from './change-value.js'
import { onceEach } from './find-same-element.js'
import { mergeComplex, replaceComplex } from './merge-complex.js'
import type { PatchContext } from './patch-context.js'
import type { Change } from './read-change.js'
import type { AttributeSelection } from './select-target.js'
import { acceptAbsent, noTarget, requireDescribed } from './unmatched-filter.js'

/**
 * Changes the elements of a multi-valued attribute that a filter selects, or a sub-attribute of all or some of them.
 *
 * @param selection Attribute with a filter, a sub-attribute, or both.
 * @param change What happens to each element, or to its sub-attribute.
 * @param context Resource while it changes, and how the request is read.
 * @returns The new list; `undefined` when no element is left.
 * @throws {ScimError} 400 `noTarget` when no element is selected and none can be made; `mutability`; `invalidValue` when
 * an element that names a resource is replaced by one that names none.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export function changeElements(selection: AttributeSelection, change: Change, context: PatchContext): unknown {
  const { attribute, filter, subAttribute, path } = selection
  const current = context.read(selection)
  const before = listOf(current)
  const selected = filter ? before.filter(filter.matches) : before
  if (selected.length === 0) return changeUnmatched(selection, change, context)
  if (filter && selected.length > 1 && !context.rules.severalMatches) {
    throw badRequest('invalidFilter', `${path} selects several elements; select one`)
  }
  const changed = selected.map((element) => changeElement(selection, element, change))
  // Elements that one value has made equal are one element.
  const single = subAttribute ? changed : onceEach(dropEqual(attribute, changed))
  const after = keepPrimary(before, putInPlace(before, selected, single))
  return after.length === 0 ? undefined : after
}

/**
 * Tells whether a reference lost its id. What is left of it says nothing: the rest was about the resource it named.
 *
 * @param current Value of a reference so far.
 * @param next Value as it would be.
 * @returns Whether the `value` is gone, and no other `$ref` has replaced it.
 */
export function isIdGone(current: unknown, next: unknown): boolean {
  if (valueAt(current, 'value') === undefined || next === undefined) return false
  return valueAt(next, 'value') === undefined && valueAt(next, '$ref') === valueAt(current, '$ref')
}

/** A change that takes the id out of an element removes it; one that gives another element has to give its id. */
function changeElement(selection: AttributeSelection, element: unknown, change: Change): unknown {
  const { attribute, subAttribute, path } = selection
  const next = changeParts(selection, element, change)
  if (!isReference(attribute) || !isIdGone(element, next)) return next
  if (subAttribute || valueAt(change.value, 'value') === null) return undefined
  throw badRequest('invalidValue', `${path}: each element needs the id as its value`)
}

function changeParts(selection: AttributeSelection, element: unknown, change: Change): unknown {
  const { filter, subAttribute, path } = selection
  if (subAttribute) return changeSubAttribute({ attribute: subAttribute, path }, element, change)
  if (!isObject(change.value)) return change.value // no value removes the element
  if (change.kind === 'add') return mergeComplex(selection, element, change.value)
  return replaceComplex(selection, element, change.value, { keeps: filter?.identifying })
}

/** Exact: elements that differ in case alone were different before and stay so. */
function dropEqual({ subAttributes = [] }: Attribute, changed: readonly unknown[]): readonly unknown[] {
  const seen = new Set<string>()
  return changed.filter((element) => {
    if (!isObject(element)) return true
    const parts = JSON.stringify(subAttributes.map(({ name }) => valueAt(element, name)))
    return !seen.has(parts) && seen.add(parts)
  })
}

/** Puts changed elements where the selected ones stood; a selected one without a changed one is gone. */
function putInPlace(
  before: readonly unknown[],
  selected: readonly unknown[],
  changed: readonly unknown[],
): readonly unknown[] {
  const after: unknown[] = []
  let next = 0
  for (const element of before) {
    const kept = element === selected[next] ? changed[next++] : element
    if (kept !== undefined) after.push(kept)
  }
  return after
}

/** Makes the element that the filter describes. Where a filter names it by its `value`, there is nothing to replace. */
function changeUnmatched(selection: AttributeSelection, change: Change, context: PatchContext): unknown {
  const { filter, subAttribute, path } = selection
  const current = context.read(selection)
  if (change.kind === 'remove' || change.kind === 'removeElements') {
    if (filter) acceptAbsent(path, context)
    return current
  }
  const described: JsonObject | undefined = filter ? filter.described : {}
  if (change.kind === 'replace' && described && Object.hasOwn(described, 'value')) throw noTarget(path)
  const holder = requireDescribed(described, path, context)
  const element = subAttribute
    ? changeSubAttribute({ attribute: subAttribute, path }, holder, change)
    : mergeComplex(selection, holder, change.value as JsonObject) // what describes an element is complex
  const before = listOf(current)
  return keepPrimary(before, addElements(selection, before, [element]))
}
