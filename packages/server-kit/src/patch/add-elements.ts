import type { Attribute } from '@scimkit/core/schema'
import { onceEach } from '../request/remove-duplicates.js'
import { createElementSearch } from './find-same-element.js'
import { mergeMembers } from './merge-members.js'
import type { Members } from './write-member.js'

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
      longer[same.position] = mergeMembers(attribute, known, element as Members, path) // it has value and type
    }
  }
  return onceEach(longer) // the list may have held two that differed in case alone
}
