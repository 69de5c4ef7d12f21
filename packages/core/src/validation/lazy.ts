/**
 * Makes an object whose members are built when they are first read, since building zod schemas takes most of the time
 * of an import.
 *
 * @param builders Builds each member; one may read another.
 * @returns The frozen object.
 */
export function lazy<T extends object>(builders: { readonly [Name in keyof T]: () => T[Name] }): T {
  const built: Partial<T> = {}
  const holder = {}
  for (const name of Object.keys(builders) as (keyof T)[]) {
    const get = () => {
      built[name] ??= builders[name]()
      return built[name]
    }
    Object.defineProperty(holder, name, { enumerable: true, get })
  }
  return Object.freeze(holder) as T // it has a getter for each member
}
