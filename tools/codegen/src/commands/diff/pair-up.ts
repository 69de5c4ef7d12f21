import { foldCase } from '@scimkit/core/documents'

/**
 * Brings together what has the same name but for case.
 *
 * @param before Items as they were.
 * @param after Items as they are.
 * @param nameOf Says what an item is called; names are unique within a list.
 * @returns Pairs in the order of the old list, then what is new; what has no twin stands alone.
 */
export function pairUp<T>(
  before: readonly T[],
  after: readonly T[],
  nameOf: (item: T) => string,
): readonly (readonly [T | undefined, T | undefined])[] {
  const now = new Map(after.map((item) => [foldCase(nameOf(item)), item]))
  const paired = before.map((item) => {
    const key = foldCase(nameOf(item))
    const twin = now.get(key)
    now.delete(key)
    return [item, twin] as const
  })
  return [...paired, ...[...now.values()].map((item) => [undefined, item] as const)]
}
