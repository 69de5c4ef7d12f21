import { isObject, type JsonObject } from '@scimkit/core/internal'

/**
 * Reads a member of an object, never one that is inherited: an attribute may be called `constructor`.
 *
 * @param members Object, or anything else, which has no members.
 * @param name Name of the member.
 * @returns The value; `undefined` when there is none.
 */
export function valueAt(members: unknown, name: string): unknown {
  return isObject(members) && Object.hasOwn(members, name) ? members[name] : undefined
}

/**
 * Sets or drops a member in a copy; everything beside it is shared with the original.
 *
 * @param members Object to copy.
 * @param name Name of the member.
 * @param value Value to set; `undefined` drops the member.
 * @returns The copy.
 */
export function withValueAt(members: JsonObject, name: string, value: unknown): JsonObject {
  if (value !== undefined) {
    // A computed name defines even `__proto__` as a member; what is one already can be set, which takes half the time.
    if (!Object.hasOwn(members, name)) return { ...members, [name]: value }
    const copy: Record<string, unknown> = { ...members }
    copy[name] = value
    return copy
  }
  const { [name]: dropped, ...rest } = members
  return rest
}

/**
 * Compares two JSON values exactly: case counts, order in lists counts, order of members does not.
 *
 * What a provider sends is kept as it was sent, so a value that differs in case alone is a change.
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
  if (!isObject(left) || !isObject(right)) return false
  const names = Object.keys(left)
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && sameJson(left[name], right[name]))
  )
}

/**
 * Reads the value of a multi-valued attribute as a list.
 *
 * @param value Value as it is stored.
 * @returns The list; empty when the attribute is unassigned.
 */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}
