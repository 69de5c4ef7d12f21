/**
 * Finds the value of a key and makes it when there is none.
 *
 * @param map Map that is looked into and completed.
 * @param key Key.
 * @param make Makes a value.
 * @returns The value that the map holds.
 */
export function findOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key)
  if (found !== undefined) return found
  const made = make()
  map.set(key, made)
  return made
}
