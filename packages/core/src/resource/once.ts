/**
 * Puts off a computation until its result is wanted, and keeps the result.
 *
 * @param make What computes it.
 * @returns A function that gives the result.
 */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
