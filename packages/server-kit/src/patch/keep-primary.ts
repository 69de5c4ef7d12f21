import { isMembers } from './write-member.js'

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
    return index !== at && isMembers(element) && isPrimary(element) ? { ...element, primary: false } : element
  })
}

function isPrimary(element: unknown): boolean {
  return isMembers(element) && element.primary === true
}
