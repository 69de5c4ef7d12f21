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

/**
 * Takes elements out of one list as {@link removeDuplicates} does out of all.
 *
 * @param elements Elements of a multi-valued attribute.
 * @returns The elements, of each pair of value and type the first; the same reference when each was there once.
 */
export function onceEach(elements: readonly unknown[]): readonly unknown[] {
  if (elements.length < 2) return elements
  const seen = new Set<string>()
  const kept = elements.filter((element) => {
    const pair = pairOf(element)
    return pair === undefined || (!seen.has(pair) && seen.add(pair))
  })
  return kept.length === elements.length ? elements : kept
}

function pairOf(element: unknown): string | undefined {
  if (typeof element !== 'object' || element === null) return JSON.stringify([element])
  const { value, type } = element as Members // an element that is no simple value has members
  return value === undefined ? undefined : JSON.stringify([value, type])
}
