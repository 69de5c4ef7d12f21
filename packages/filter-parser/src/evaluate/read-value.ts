import { isObject } from '@scimkit/core/internal'
import type { ValuePredicate } from './predicates.js'

/** Reads one attribute of a value; `undefined` when there is none. */
export type ReadValue = (value: unknown) => unknown

/**
 * Makes a reader of an attribute.
 *
 * @param container URN of the extension's container; absent for the object itself.
 * @param name Attribute within it.
 * @returns A reader of own properties only.
 */
export function valueReader(container: string | undefined, name: string): ReadValue {
  const read = memberReader(name)
  if (container === undefined) return read
  const open = memberReader(container)
  return (resource) => read(open(resource))
}

/**
 * Makes the predicate of an object from one of a value in it.
 *
 * @param name Name of the attribute.
 * @param test Predicate of its value; `undefined` when there is none.
 * @returns The predicate of the object; anything else has no attributes.
 */
export function ofMember(name: string, test: ValuePredicate): ValuePredicate {
  if (isInherited(name)) {
    const read = memberReader(name)
    return (value) => test(read(value))
  }
  return (value) => test(isObject(value) ? value[name] : undefined)
}

/**
 * Makes the predicate that holds where it holds for some element.
 *
 * @param test Predicate of an element.
 * @param whenEmpty What it is for a list without elements.
 * @returns The predicate of the whole value: a list, one value, or none.
 */
export function someElement(test: ValuePredicate, whenEmpty: boolean): ValuePredicate {
  return (value) => {
    if (!Array.isArray(value)) return value === undefined || value === null ? whenEmpty : test(value)
    let empty = true
    for (let index = 0; index < value.length; index++) {
      const element: unknown = value[index]
      if (element === null || element === undefined) continue
      if (test(element)) return true
      empty = false
    }
    return empty && whenEmpty
  }
}

/**
 * The elements of a value.
 *
 * @param value Value of an attribute.
 * @returns The list without nulls; any other value as its only element.
 */
export function readElements(value: unknown): readonly unknown[] {
  return (Array.isArray(value) ? value : [value]).filter((element) => element !== null && element !== undefined)
}

function memberReader(name: string): ReadValue {
  if (isInherited(name)) {
    return (value) => (isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined)
  }
  return (value) => (isObject(value) ? value[name] : undefined)
}

/** What every object inherits must not be taken for data. */
function isInherited(name: string): boolean {
  return name in Object.prototype
}
