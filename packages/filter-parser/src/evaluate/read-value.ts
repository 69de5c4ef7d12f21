import { isObject } from '@scimkit/core/internal'
import type { ValuePredicate } from './predicates.js'

/** Reads one member of a value; `undefined` when there is none. */
export type ReadValue = (value: unknown) => unknown

/**
 * Makes a reader of an attribute.
 *
 * @param container URN of the extension's container; absent for the object itself.
 * @param name Attribute within it.
 * @returns A reader that sees own members alone.
 */
export function valueReader(container: string | undefined, name: string): ReadValue {
  const read = memberReader(name)
  if (container === undefined) return read
  const open = memberReader(container)
  return (resource) => read(open(resource))
}

/**
 * Makes the test of an object by one of its members.
 *
 * @param name Name of the member.
 * @param test Test of its value; `undefined` when there is none.
 * @returns The test of the object, or of anything else, which has no members.
 */
export function ofMember(name: string, test: ValuePredicate): ValuePredicate {
  if (isInherited(name)) {
    const read = memberReader(name)
    return (value) => test(read(value))
  }
  return (value) => test(isObject(value) ? value[name] : undefined)
}

/**
 * Makes the test that some element passes.
 *
 * @param test Test of an element.
 * @param whenEmpty What a list without elements is.
 * @returns The test of the whole value: a list, one value, or none.
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
 * @returns The list without nulls; a value that is no list as its one element.
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
