import type { Attribute, ResourceDefinition } from '@scimkit/core/schema'
import type { ComparisonFilter, Filter, PresentFilter, ValuePathFilter } from './ast.js'
import { compileUntyped } from './compile-untyped.js'
import { createTest, type ValueTest } from './create-test.js'
import { isPresent, isTrueWithoutValue } from './is-present.js'
import { everyTest, notTest, someTest } from './join-tests.js'
import { type ReadValue, readElements, valueReader } from './read-value.js'
import {
  checkComparison,
  type ResolveOptions,
  resolveAttribute,
  resolveBracketed,
  resolveElementAttribute,
} from './resolve-attribute.js'

/** Options of `compileFilter`. */
export interface CompileOptions extends ResolveOptions {
  /**
   * What `ne` means on a multi-valued attribute outside brackets. `some`, the default, is the letter: some element
   * differs. `every`: no element is equal, as `not (a eq v)` says.
   *
   * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2.2
   */
  readonly multiValuedNe?: 'some' | 'every' | undefined
}

/**
 * Turns a filter into a predicate made of closures; no code is generated.
 *
 * With a definition, values are compared by type and case rule of their attribute, and the resource's names must be in
 * schema spelling. Without one, names are found without regard to case and the kind of the values decides: text
 * without regard to case, except that two dateTimes are compared by instant; numbers by size; a complex value by its
 * `value`.
 *
 * @param filter Filter, parsed or built.
 * @param definition Definition whose schemas name the attributes.
 * @param options What unknown attributes and the disputed readings mean.
 * @returns A predicate over resources. It never throws and never changes anything.
 * @throws {ScimError} 400 `invalidFilter` when the definition forbids what the filter asks.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2.2
 * @example
 * users.filter(compileFilter(parseFilter('emails[type eq "work"] and active eq true'), userResource))
 */
export function compileFilter(
  filter: Filter,
  definition?: ResourceDefinition,
  options: CompileOptions = {},
): (resource: object) => boolean {
  return definition ? compileNode(filter, { definition, options }) : compileUntyped(filter, options)
}

interface Scope {
  readonly definition: ResourceDefinition
  readonly options: CompileOptions
  /** Attribute before the brackets, while inside them. */
  readonly outer?: Attribute | undefined
}

function compileNode(filter: Filter, scope: Scope): ValueTest {
  switch (filter.kind) {
    case 'and':
      return everyTest(filter.filters.map((term) => compileNode(term, scope)))
    case 'or':
      return someTest(filter.filters.map((term) => compileNode(term, scope)))
    case 'not':
      return notTest(compileNode(filter.filter, scope))
    case 'valuePath':
      return compileValuePath(filter, scope)
    case 'present':
    case 'comparison':
      return scope.outer ? compileInside(filter, scope, scope.outer) : compileOutside(filter, scope)
    default:
      return filter satisfies never
  }
}

function compileOutside(filter: ComparisonFilter | PresentFilter, scope: Scope): ValueTest {
  const found = resolveAttribute(scope.definition, filter.path, scope.options)
  if (!found) return constant(isTrueWithoutValue(filter))
  const { container, attribute, subAttribute, compared } = found
  if (filter.kind === 'present' || (filter.value === null && compared)) {
    if (filter.kind === 'comparison') checkComparison(compared, filter.path, filter.operator, null)
    // Presence of a complex attribute is that of any sub-attribute, so the default `value` is not looked at.
    const named = filter.path.subAttribute === undefined ? undefined : subAttribute
    const present = presence(valueReader(container, attribute?.name), named?.name)
    return filter.kind === 'comparison' && filter.operator === 'eq' ? notTest(present) : present
  }
  const literal = checkComparison(compared, filter.path, filter.operator, filter.value, scope.options)
  const read = valueReader(container, attribute?.name)
  if (!compared || literal === null) return constant(false) // cannot be: checked above
  const every = filter.operator === 'ne' && scope.options.multiValuedNe === 'every'
  const test = createTest(compared, every ? 'eq' : filter.operator, literal)
  const tested = overValues(
    read,
    attribute?.multiValued === true,
    subAttribute?.name,
    test,
    filter.operator === 'ne' && !every,
  )
  return every ? notTest(tested) : tested
}

function compileInside(filter: ComparisonFilter | PresentFilter, scope: Scope, outer: Attribute): ValueTest {
  const sub = resolveElementAttribute(outer, filter.path, scope.options)
  if (!sub) return constant(isTrueWithoutValue(filter))
  const read: ReadValue = sub === outer ? (element) => element : valueReader(undefined, sub.name)
  if (filter.kind === 'present' || filter.value === null) {
    if (filter.kind === 'comparison') checkComparison(sub, filter.path, filter.operator, null)
    const present = presence(read, undefined)
    return filter.kind === 'comparison' && filter.operator === 'eq' ? notTest(present) : present
  }
  const literal = checkComparison(sub, filter.path, filter.operator, filter.value, scope.options)
  if (literal === null) return constant(false) // cannot be: null was handled above
  return overValues(
    read,
    sub !== outer && sub.multiValued,
    undefined,
    createTest(sub, filter.operator, literal),
    filter.operator === 'ne',
  )
}

function compileValuePath(filter: ValuePathFilter, scope: Scope): ValueTest {
  const found = resolveBracketed(scope.definition, filter.path, scope.options)
  const outer = found?.attribute
  if (!outer) return constant(false)
  const test = compileNode(filter.filter, { ...scope, outer })
  const read = valueReader(found.container, outer.name)
  return (resource) => readElements(read(resource)).some(test)
}

/** Tests a value, or each of the values, of an attribute. */
function overValues(
  read: ReadValue,
  multiValued: boolean,
  sub: string | undefined,
  test: ValueTest,
  whenEmpty: boolean,
): ValueTest {
  const readSub = sub === undefined ? undefined : valueReader(undefined, sub)
  const one: ValueTest = readSub ? (element) => test(readSub(element)) : test
  if (!multiValued) return (resource) => one(read(resource))
  return (resource) => {
    const elements = readElements(read(resource))
    return elements.length === 0 ? whenEmpty : elements.some(one)
  }
}

function presence(read: ReadValue, sub: string | undefined): ValueTest {
  if (sub === undefined) return (resource) => isPresent(read(resource))
  const readSub = valueReader(undefined, sub)
  return (resource) => readElements(read(resource)).some((element) => isPresent(readSub(element)))
}

function constant(value: boolean): ValueTest {
  return () => value
}
