/** Reads one member of a value; `undefined` when there is none. */
export type ReadValue = (value: unknown) => unknown

/**
 * Makes a reader of an attribute.
 *
 * @param container URN of the extension's container; absent for the object itself.
 * @param name Attribute within it; absent for the container as a whole.
 * @returns A reader that sees own members alone.
 */
export function valueReader(container: string | undefined, name: string | undefined): ReadValue {
  if (name === undefined) return container === undefined ? (value) => value : memberReader(container)
  const read = memberReader(name)
  if (container === undefined) return read
  const open = memberReader(container)
  return (resource) => read(open(resource))
}

/**
 * The elements of an attribute that brackets or `any element` go over.
 *
 * @param value Value of an attribute.
 * @returns The list without nulls; a value that is no list as its one element.
 */
export function readElements(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) return [value]
  const elements: readonly unknown[] = value
  return elements.includes(null) || elements.includes(undefined)
    ? elements.filter((element) => element !== null && element !== undefined)
    : elements
}

function memberReader(name: string): ReadValue {
  // What every object inherits must not be taken for data.
  if (name in Object.prototype) {
    return (value) => (isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined)
  }
  return (value) => (isObject(value) ? value[name] : undefined)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
