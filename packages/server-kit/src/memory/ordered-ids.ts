import { compareText } from '@scimkit/core/schema'

/**
 * A set of ids in the order of their code points. Changes are cheap and collected; the order is made when it is asked
 * for, so that loading many resources costs one sort, not one for each.
 */
export class OrderedIds {
  readonly #added = new Set<string>()
  readonly #removed = new Set<string>()
  #ordered: readonly string[] = []

  /** @param id Id that is not part of the set. */
  add(id: string): void {
    if (!this.#removed.delete(id)) this.#added.add(id)
  }

  /** @param id Id that is part of the set. */
  delete(id: string): void {
    if (!this.#added.delete(id)) this.#removed.add(id)
  }

  /** @returns All ids in order; the list is a snapshot. */
  list(): readonly string[] {
    if (this.#added.size > 0 || this.#removed.size > 0) {
      const kept = this.#removed.size > 0 ? this.#ordered.filter((id) => !this.#removed.has(id)) : this.#ordered
      this.#ordered = merge(kept, sortIds([...this.#added]))
      this.#added.clear()
      this.#removed.clear()
    }
    return this.#ordered
  }

  /**
   * @param after Id, itself part of the set or not; `undefined` is before all.
   * @returns Position in the list of the first id behind it.
   */
  startBehind(after: string | undefined): number {
    return after === undefined ? 0 : firstBehind(this.list(), after)
  }
}

/** Code units are in the order of code points where there are no surrogates, and are sorted three times as fast. */
function sortIds(ids: string[]): readonly string[] {
  return ids.some((id) => /[\ud800-\udfff]/.test(id)) ? ids.sort(compareText) : ids.sort()
}

function merge(left: readonly string[], right: readonly string[]): readonly string[] {
  if (left.length === 0) return right
  const merged: string[] = []
  let position = 0
  for (const id of right) {
    for (let next = left[position]; next !== undefined && compareText(next, id) < 0; next = left[position]) {
      merged.push(next)
      position++
    }
    merged.push(id)
  }
  for (; position < left.length; position++) merged.push(left[position] ?? '')
  return merged
}

function firstBehind(ordered: readonly string[], after: string): number {
  let low = 0
  let high = ordered.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (compareText(ordered[middle] ?? '', after) <= 0) low = middle + 1
    else high = middle
  }
  return low
}
