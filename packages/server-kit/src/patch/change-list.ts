import { isObject, type JsonObject } from '@scimkit/core/internal'
import type { LocatedAttribute } from '../compatibility/reading.js'
import { listOf } from '../json.js'
import { createElementSearch, createElementTest, onceEach } from './find-same-element.js'
import { mergeComplex, replaceComplex } from './merge-complex.js'
import type { Change } from './read-change.js'

/**
 * Changes a multi-valued attribute as a whole.
 *
 * @param located Multi-valued attribute with its path.
 * @param current Value so far; `undefined` when there is none.
 * @param change What happens to the list.
 * @returns The new list; `undefined` when no element is left.
 * @throws {ScimError} 400 `mutability` when an immutable sub-attribute would change.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export function changeList(located: LocatedAttribute, current: unknown, change: Change): unknown {
  const after = changedList(located, listOf(current), change)
  return after.length === 0 ? undefined : after
}

function changedList(located: LocatedAttribute, before: readonly unknown[], change: Change): readonly unknown[] {
  switch (change.kind) {
    case 'remove':
      return []
    case 'removeElements': {
      const goes = createElementTest(located.attribute, change.value)
      return before.filter((element) => !goes(element))
    }
    case 'add':
      return keepPrimary(before, addElements(located, before, keepLastPrimary(listOf(change.value))))
    case 'replace': {
      // The new value is what was sent, as in a PUT: what differs in case alone is another element.
      const given = keepLastPrimary(onceEach(listOf(change.value)))
      return keepLastPrimary(onceEach(keepKnown(located, before, given)))
    }
  }
}

/** Of two primaries in one operation the last wins, before they are compared with what is there. */
function keepLastPrimary(given: readonly unknown[]): readonly unknown[] {
  return keepPrimary([], given)
}

/** An element that was there before keeps what a client cannot write or alter in place. */
function keepKnown(
  located: LocatedAttribute,
  before: readonly unknown[],
  given: readonly unknown[],
): readonly unknown[] {
  const find = createElementSearch(located.attribute, before, given.length)
  return given.map((element) => {
    const same = find(element)
    return same && isObject(element) ? replaceComplex(located, before[same.position], element) : element
  })
}

/**
 * Adds elements to a list unless it has them. An element whose `value` and `type` are there already gets what else is
 * given, so that no pair of them occurs twice.
 *
 * @param located Multi-valued attribute with its path.
 * @param list Elements so far.
 * @param elements Elements to add.
 * @returns A new list, each pair of `value` and `type` once.
 * @throws {ScimError} 400 `mutability` when an immutable sub-attribute would change.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2.1
 */
export function addElements(
  located: LocatedAttribute,
  list: readonly unknown[],
  elements: readonly unknown[],
): readonly unknown[] {
  const longer = [...list]
  const find = createElementSearch(located.attribute, longer, elements.length)
  for (const element of elements) {
    const same = find(element)
    if (!same) longer.push(element)
    else if (!same.contains) {
      const known = longer[same.position]
      longer[same.position] = mergeComplex(located, known, element as JsonObject) // it has value and type
    }
  }
  return onceEach(longer) // the list may have held two that differed in case alone
}

/**
 * Keeps at most one primary element: the last one that an operation made or changed wins, all others become `false`.
 *
 * @param before Elements before the operation.
 * @param after Elements after it; untouched ones are the same references.
 * @returns The elements; the same reference when there was nothing to settle.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export function keepPrimary(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  if (after.findIndex(isPrimary) === after.findLastIndex(isPrimary)) return after
  const untouched = new Set(before)
  const at = after.findLastIndex((element) => isPrimary(element) && !untouched.has(element))
  if (at < 0) return after
  return after.map((element, index) => {
    return index !== at && isObject(element) && isPrimary(element) ? { ...element, primary: false } : element
  })
}

function isPrimary(element: unknown): boolean {
  return isObject(element) && element.primary === true
}
