/**
 * Makes a memory of results that lives as long as what they were made of: a watch builds again and again, and most of
 * its documents are the same objects as before.
 *
 * @returns A function that gives the result for an owner and a key, and makes it the first time.
 */
export function createMemory<T>(): (owner: object, key: string, make: () => T) => T {
  const memory = new WeakMap<object, Map<string, T>>()
  return (owner, key, make) => {
    let results = memory.get(owner)
    if (!results) {
      results = new Map()
      memory.set(owner, results)
    }
    const known = results.get(key)
    if (known !== undefined) return known
    const made = make()
    results.set(key, made)
    return made
  }
}
