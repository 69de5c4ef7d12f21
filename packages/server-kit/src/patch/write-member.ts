/** A JSON object that is never written to. */
export type Members = Readonly<Record<string, unknown>>

/**
 * Tells a JSON object from lists, `null` and scalars.
 *
 * @param value Anything.
 * @returns Whether it is an object with members.
 */
export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Reads a member of an object, never one that is inherited: an attribute may be called `constructor`.
 *
 * @param members Object, or anything else, which has no members.
 * @param name Name of the member.
 * @returns The value; `undefined` when there is none.
 */
export function readMember(members: unknown, name: string): unknown {
  return isMembers(members) && Object.hasOwn(members, name) ? members[name] : undefined
}

/**
 * Sets or drops a member in a copy; everything beside it is shared with the original.
 *
 * @param members Object to copy.
 * @param name Name of the member.
 * @param value Value to set; `undefined` drops the member.
 * @returns The copy.
 */
export function writeMember(members: Members, name: string, value: unknown): Members {
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
