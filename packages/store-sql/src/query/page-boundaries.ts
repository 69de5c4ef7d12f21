import { compareText } from '@scimkit/core/schema'
import type { TrackedChange } from '../sqlite/change-tracker.js'

/** A place where a page may begin: the resource with the 1-based `index` is the first one behind `id`. */
export interface Boundary {
  readonly index: number
  readonly id: string
}

/** Boundaries of pages, by which paging by index reads on from where an earlier page ended. */
export interface PageBoundaries {
  /** Finds the last boundary at or before a 1-based index. */
  find(scope: number, index: number): Boundary
  add(scope: number, boundary: Boundary): void
  changed(change: TrackedChange): void
  clear(): void
}

/** Maximum numbers of what is kept. */
export interface BoundaryLimits {
  readonly scopes: number
  /** Boundaries of one scope. */
  readonly boundaries: number
}

interface MovableBoundary {
  index: number
  readonly id: string
}

/**
 * Creates an empty list of boundaries. Each change moves the boundaries behind it, so that they are always true.
 *
 * @param limits Beyond them, the scope that was used least recently goes, or all boundaries of a scope.
 */
export function createPageBoundaries(limits: BoundaryLimits): PageBoundaries {
  const scopes = new Map<number, MovableBoundary[]>()

  function listFor(scope: number): MovableBoundary[] {
    const known = scopes.get(scope) ?? []
    scopes.delete(scope)
    const [oldest] = scopes.keys()
    if (scopes.size >= limits.scopes && oldest !== undefined) scopes.delete(oldest)
    scopes.set(scope, known) // the last place is that of the scope used last
    return known
  }

  return {
    find(scope, index) {
      const known = scopes.get(scope) ?? []
      return known[countWhile(known, (boundary) => boundary.index <= index) - 1] ?? { index: 1, id: '' }
    },
    add(scope, boundary) {
      const known = listFor(scope)
      if (known.length >= limits.boundaries) known.length = 0
      const place = countWhile(known, ({ index }) => index < boundary.index)
      if (known[place]?.index !== boundary.index) known.splice(place, 0, { ...boundary })
    },
    changed({ scope, id, kind }) {
      const known = scopes.get(scope)
      if (!known || (kind !== 'create' && kind !== 'delete')) return
      const shift = kind === 'create' ? 1 : -1
      const first = countWhile(known, (boundary) => compareText(boundary.id, id) < 0)
      for (const boundary of known.slice(first)) boundary.index += shift
    },
    clear: () => scopes.clear(),
  }
}

/** Counts the entries at the start of an ordered list for which something holds. */
function countWhile<T>(list: readonly T[], holds: (entry: T) => boolean): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    const entry = list[middle]
    if (entry !== undefined && holds(entry)) low = middle + 1
    else high = middle
  }
  return low
}
