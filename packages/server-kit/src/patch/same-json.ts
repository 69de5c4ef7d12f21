import { isMembers } from './write-member.js'

/**
 * Compares two JSON values to the letter: case counts, order in lists counts, order of members does not.
 *
 * What a provider sends is kept as it was sent, so a value that differs by case alone is a change.
 *
 * @param left JSON value.
 * @param right JSON value.
 * @returns Whether they are the same.
 */
export function sameJson(left: unknown, right: unknown): boolean {
  if (left === right) return true
  if (Array.isArray(left)) {
    return Array.isArray(right) && left.length === right.length && left.every((item, at) => sameJson(item, right[at]))
  }
  if (!isMembers(left) || !isMembers(right)) return false
  const names = Object.keys(left)
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && sameJson(left[name], right[name]))
  )
}
