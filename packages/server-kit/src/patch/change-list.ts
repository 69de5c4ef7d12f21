import { isObject, type JsonObject } from '@scimkit/core/internal'
import type { Attribute } from '@scimkit/core/schema'
import { listOf } from '../json.js'
import { createElementSearch, createElementTest, onceEach } from './find-same-element.js'
import { mergeMembers, replaceMembers } from './merge-complex.js'
import type { Change } from './read-change.js'

/**
 * Changes a multi-valued attribute as a whole.
 *
 * @param attribute Multi-valued attribute.
 * @param current Value so far; `undefined` when there is none.
 * @param change What shall happen.
 * @param path Path of the attribute, for errors.
 * @returns The new list; `undefined` when no element is left.
 * @throws {ScimError} 400 `mutability` when an immutable sub-attribute would change.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export function changeList(attribute: Attribute, current: unknown, change: Change, path: string): unknown {
  if (change.kind === 'remove') return undefined
  const before = listOf(current)
  // Of two primaries in one operation the last wins, before they are compared with what is there.
  const sent = listOf(change.value)
  const given = keepPrimary([], change.kind === 'replace' ? onceEach(sent) : sent)
  const after = changeElementsOf(attribute, before, change.kind, given, path)
  return after.length === 0 ? undefined : after
}

function changeElementsOf(
  attribute: Attribute,
  before: readonly unknown[],
  kind: 'add' | 'replace' | 'removeElements',
  given: readonly unknown[],
  path: string,
): readonly unknown[] {
  switch (kind) {
    case 'add':
      return keepPrimary(before, addElements(attribute, before, given, path))
    case 'replace':
      // The new value is what was sent, as in a PUT: what differs in case alone is another element.
      return keepPrimary([], onceEach(keepKnown(attribute, before, given, path)))
    case 'removeElements': {
      const goes = createElementTest(attribute, given)
      return before.filter((element) => !goes(element))
    }
  }
}

/** An element that was there before keeps what a client cannot write or alter in place. */
function keepKnown(
  attribute: Attribute,
  before: readonly unknown[],
  given: readonly unknown[],
  path: string,
): readonly unknown[] {
  const find = createElementSearch(attribute, before, given.length)
  return given.map((element) => {
    const same = find(element)
    return same && isObject(element) ? replaceMembers(attribute, before[same.position], element, path) : element
  })
}

/**
 * Adds elements to a list unless it has them. An element whose `value` and `type` are there already gets what else is
 * given, so that no pair of them occurs twice.
 *
 * @param attribute Multi-valued attribute.
 * @param list Elements so far.
 * @param elements Elements to add.
 * @param path Path of the attribute, for errors.
 * @returns A list of its own, each pair of `value` and `type` once.
 * @throws {ScimError} 400 `mutability` when an immutable sub-attribute would change.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2.1
 */
export function addElements(
  attribute: Attribute,
  list: readonly unknown[],
  elements: readonly unknown[],
  path: string,
): readonly unknown[] {
  const longer = [...list]
  const find = createElementSearch(attribute, longer, elements.length)
  for (const element of elements) {
    const same = find(element)
    if (!same) longer.push(element)
    else if (!same.contains) {
      const known = longer[same.position]
      longer[same.position] = mergeMembers(attribute, known, element as JsonObject, path) // it has value and type
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
