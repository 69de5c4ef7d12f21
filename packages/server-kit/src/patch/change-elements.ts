import { isObject, type JsonObject } from '@scimkit/core/internal'
import type { Attribute } from '@scimkit/core/schema'
import { badRequest } from '../bad-request.js'
import { isReference } from '../compatibility/read-reference.js'
import { allows, type Reading } from '../compatibility/reading.js'
import { listOf, valueAt } from '../json.js'
import { addElements, keepPrimary } from './change-list.js'
import { changeMember } from './change-value.js'
import { onceEach } from './find-same-element.js'
import { mergeMembers, replaceMembers } from './merge-complex.js'
import type { Change } from './read-change.js'
import type { AttributeSelection } from './select-target.js'

/**
 * Changes the elements of a multi-valued attribute that a filter selects, or a sub-attribute of all or some of them.
 *
 * @param selection Attribute with a filter, a sub-attribute, or both.
 * @param current Value of the attribute; `undefined` when there is none.
 * @param change What shall happen to each element, or to its sub-attribute.
 * @param reading Rules and the receiver of notes.
 * @returns The new list; `undefined` when no element is left.
 * @throws {ScimError} 400 `noTarget` when no element is selected and none can be made; `mutability`; `invalidValue` when
 * an element that names a resource is replaced by one that names none.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export function changeElements(
  selection: AttributeSelection,
  current: unknown,
  change: Change,
  reading: Reading,
): unknown {
  const { attribute, filter, subAttribute, path } = selection
  const before = listOf(current)
  const selected = filter ? before.filter(filter.matches) : before
  if (selected.length === 0) return changeUnmatched(selection, current, change, reading)
  if (filter && selected.length > 1 && !reading.rules.severalMatches) {
    throw badRequest('invalidFilter', `${path} selects several elements; select one`)
  }
  const changed = selected.map((element) => changeElement(selection, element, change, reading))
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
 * @returns Whether the `value` is gone, and no other `$ref` stands in its place.
 */
export function isIdGone(current: unknown, next: unknown): boolean {
  if (valueAt(current, 'value') === undefined || next === undefined) return false
  return valueAt(next, 'value') === undefined && valueAt(next, '$ref') === valueAt(current, '$ref')
}

/** Whoever takes the id out of an element removes it; who gives another element has to give its id. */
function changeElement(selection: AttributeSelection, element: unknown, change: Change, reading: Reading): unknown {
  const { attribute, subAttribute, path } = selection
  const next = changeParts(selection, element, change, reading)
  if (!isReference(attribute) || !isIdGone(element, next)) return next
  if (subAttribute || valueAt(change.value, 'value') === null) return undefined
  throw badRequest('invalidValue', `${path}: each element needs the id as its value`)
}

function changeParts(
  { attribute, filter, subAttribute, path }: AttributeSelection,
  element: unknown,
  change: Change,
  { rules }: Reading,
): unknown {
  if (subAttribute) return changeMember(subAttribute, element, change, path, rules)
  if (!isObject(change.value)) return change.value // no value removes the element
  if (change.kind === 'add') return mergeMembers(attribute, element, change.value, path)
  return replaceMembers(attribute, element, change.value, path, filter?.identifying)
}

/** Equal to the letter: what differs in case alone was told apart before and still is. */
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

/**
 * Rule `createOnUnmatchedFilter`: makes the element that the filter describes. Rule `absentRemoval`: what is not
 * there need not be removed. Where a filter names an element by its `value`, there is nothing to replace.
 */
function changeUnmatched(
  { attribute, filter, subAttribute, path }: AttributeSelection,
  current: unknown,
  change: Change,
  reading: Reading,
): unknown {
  if (change.kind === 'remove' || change.kind === 'removeElements') {
    const detail = 'no element was selected, so there was nothing to remove'
    if (!filter || allows(reading, 'absentRemoval', path, detail)) return current
    throw badRequest('noTarget', `${path} selects no element`)
  }
  const described: JsonObject | undefined = filter ? filter.described : {}
  const isNamed = change.kind === 'replace' && described !== undefined && Object.hasOwn(described, 'value')
  const detail = 'no element was selected; the one that the path describes was created'
  if (!described || isNamed || !allows(reading, 'createOnUnmatchedFilter', path, detail)) {
    throw badRequest('noTarget', `${path} selects no element`)
  }
  const element = subAttribute
    ? changeMember(subAttribute, described, change, path, reading.rules)
    : mergeMembers(attribute, described, change.value as JsonObject, path) // what describes an element is complex
  const before = listOf(current)
  return keepPrimary(before, addElements(attribute, before, [element], path))
}
