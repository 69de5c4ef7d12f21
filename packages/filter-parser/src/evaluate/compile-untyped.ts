import { isObject } from '@scimkit/core/internal'
import { type AttributePath, foldCase } from '@scimkit/core/schema'
import type { ComparisonFilter, ComparisonOperator, Filter } from '../ast.js'
import { instantComparison, readInstant } from './compare-instants.js'
import { compileFoldedComparison } from './compile-folded-comparison.js'
import type { CompileOptions } from './compile-options.js'
import { allOf, anyOf, compileOrder, isPresent, negate, type ValuePredicate } from './predicates.js'
import { type ReadValue, readElements, someElement } from './read-value.js'

/**
 * Compiles a filter for resources whose schema is not known.
 *
 * @param filter Filter, parsed or built.
 * @param options Reading of `ne` on lists.
 * @returns A predicate over resources.
 */
export function compileUntyped(filter: Filter, options: CompileOptions): ValuePredicate {
  switch (filter.kind) {
    case 'and':
      return allOf(filter.filters.map((term) => compileUntyped(term, options)))
    case 'or':
      return anyOf(filter.filters.map((term) => compileUntyped(term, options)))
    case 'not':
      return negate(compileUntyped(filter.filter, options))
    case 'present': {
      const read = pathReader(filter.path)
      return (resource) => read(resource).some(isPresent)
    }
    case 'valuePath': {
      const read = pathReader(filter.path)
      const test = compileUntyped(filter.filter, options)
      return (resource) => read(resource).some(test)
    }
    case 'comparison':
      return compileUntypedComparison(filter, options)
    /* v8 ignore next 2 -- @preserve: the compiler knows that there is no other kind */
    default:
      return filter satisfies never
  }
}

function compileUntypedComparison(filter: ComparisonFilter, options: CompileOptions): ValuePredicate {
  const { operator, value, path } = filter
  const read = pathReader(path)
  if (value === null) {
    if (operator === 'eq') return (resource) => !read(resource).some(isPresent)
    if (operator === 'ne') return (resource) => read(resource).some(isPresent)
    return () => false
  }
  if (operator === 'ne') {
    const same = literalPredicate('eq', value)
    if (options.multiValuedNe === 'every') return negate(someValue(read, same, false))
    return someValue(read, negate(same), true)
  }
  return someValue(read, literalPredicate(operator, value), false)
}

/** A complex element stands for its `value`, and each of both may be a list. */
function someValue(
  read: (resource: unknown) => readonly unknown[],
  test: ValuePredicate,
  whenEmpty: boolean,
): ValuePredicate {
  const some = someElement(test, whenEmpty)
  return (resource) => {
    const elements = read(resource)
    if (elements.length === 0) return whenEmpty
    return elements.some((element) => some(isComplex(element) ? member(element, 'value') : element))
  }
}

function isComplex(value: unknown): boolean {
  return typeof value === 'object' && !Array.isArray(value)
}

function literalPredicate(operator: ComparisonOperator, literal: string | number | boolean): ValuePredicate {
  if (typeof literal === 'string') return textPredicate(operator, literal)
  if (operator === 'eq') return (value) => value === literal
  if (typeof literal === 'boolean' || operator === 'co' || operator === 'sw' || operator === 'ew') return () => false
  const holds = compileOrder(operator)
  return (value) => typeof value === 'number' && holds(value - literal)
}

/** Text without regard to case; two dateTimes by instant. */
function textPredicate(operator: ComparisonOperator, literal: string): ValuePredicate {
  const test = compileFoldedComparison(operator, literal)
  const instant = readInstant(literal)
  if (instant === undefined || operator === 'co' || operator === 'sw' || operator === 'ew') return test
  const compare = instantComparison(instant)
  const holds = compileOrder(operator)
  return (value) => {
    const order = compare(value)
    return Number.isNaN(order) ? test(value) : holds(order)
  }
}

/** Reads all values of a path: elements, or their sub-attributes, nulls left out; inside brackets of an element. */
function pathReader(path: AttributePath): (value: unknown) => readonly unknown[] {
  const { urn, name, subAttribute } = path
  const open: ReadValue = (resource) => {
    if (urn === undefined) return member(resource, name)
    const container = member(resource, urn)
    if (container !== undefined) return member(container, name)
    const whole = member(resource, `${urn}:${name}`)
    if (whole !== undefined) return whole
    return foldCase(urn).startsWith('urn:ietf:params:scim:schemas:core:2.0:') ? member(resource, name) : undefined
  }
  // Inside brackets `value` may be an element that is not an object.
  const read: ReadValue = (value) =>
    typeof value !== 'object' && foldCase(name) === 'value' && urn === undefined ? value : open(value)
  if (subAttribute === undefined) return (resource) => readElements(read(resource))
  const isValue = foldCase(subAttribute) === 'value'
  const within: ReadValue = (element) =>
    isValue && typeof element !== 'object' ? element : (member(element, subAttribute) ?? null)
  return (resource) => readElements(read(resource)).map(within)
}

function member(value: unknown, name: string): unknown {
  if (!isObject(value)) return undefined
  if (Object.hasOwn(value, name)) return value[name]
  const folded = foldCase(name)
  for (const key of Object.keys(value)) {
    if (foldCase(key) === folded) return value[key]
  }
  return undefined
}
