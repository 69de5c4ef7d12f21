import { onceEach } from '../patch/find-same-element.js'

type Members = Readonly<Record<string, unknown>>

/**
 * Takes elements out of lists that have the value and the type of an earlier one; an answer must not show such a pair
 * twice.
 *
 * @param resource Resource in schema spelling, without unassigned attributes; it is left untouched.
 * @returns The resource without them; the same reference when there were none.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.4
 */
export function removeDuplicates(resource: Members): Members {
  let changed: Record<string, unknown> | undefined
  for (const name of Object.keys(resource)) {
    const before = resource[name]
    if (typeof before !== 'object' || before === null) continue
    const after = Array.isArray(before) ? onceEach(before) : removeDuplicates(before as Members) // neither list nor null
    if (after === before) continue
    changed ??= { ...resource }
    changed[name] = after
  }
  return changed ?? resource
}
