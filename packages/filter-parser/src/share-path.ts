import type { AttributePath } from '@scimkit/core/schema'

/** Longer names are slices to the engine and would keep the whole filter, values and all, in memory. */
const longest = 12
const shared: AttributePath[] = []

/**
 * Makes the path of a bare name. Few names recur in all filters, and making and freezing a path costs more than finding
 * it, so the frozen paths of short names are kept: at most 128, each in a slot that its letters tell.
 *
 * @param text Text of a filter.
 * @param start 0-based index of the name.
 * @param end Index behind it.
 * @returns A frozen path, the same one as before while its slot has it.
 */
export function sharePath(text: string, start: number, end: number): AttributePath {
  const length = end - start
  if (length > longest) return Object.freeze({ name: text.slice(start, end) })
  const slot = (text.charCodeAt(start) * 31 + text.charCodeAt(end - 1) * 7 + length) & 127
  const known = shared[slot]
  if (known && known.name.length === length && text.startsWith(known.name, start)) return known
  const made = Object.freeze({ name: text.slice(start, end) })
  shared[slot] = made
  return made
}
