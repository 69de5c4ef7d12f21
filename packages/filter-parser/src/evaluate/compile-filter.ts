import type { Attribute, ResourceDefinition } from '@scimkit/core/schema'
import type {
  ComparisonFilter,
  ComparisonOperator,
  ComparisonValue,
  Filter,
  PresentFilter,
  ValuePathFilter,
} from '../ast.js'
import { createTest } from './compile-comparison.js'
import { compileUntyped } from './compile-untyped.js'
import { isPresent, isTrueWithoutValue } from './is-present.js'
import { everyTest, notTest, someTest, type ValueTest } from './predicates.js'
import { memberTest, someElement } from './read-value.js'
import {
  checkComparison,
  type ResolvedAttribute,
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
    /* v8 ignore next 2 -- @preserve: the compiler knows that there is no other kind */
    default:
      return filter satisfies never
  }
}

function compileOutside(filter: ComparisonFilter | PresentFilter, scope: Scope): ValueTest {
  const found = resolveAttribute(scope.definition, filter.path, scope.options)
  if (!found) return constant(isTrueWithoutValue(filter))
  const { container, attribute, subAttribute, compared } = found
  // Presence of a complex attribute is that of any sub-attribute, so the default `value` is not looked at.
  const named = filter.path.subAttribute === undefined ? undefined : subAttribute?.name
  const within = (test: ValueTest) => (container === undefined ? test : memberTest(container, test))
  if (!attribute) return within(presence(filter, found, isPresent))
  if (filter.kind === 'present' || filter.value === null) {
    const test = named === undefined ? isPresent : someElement(memberTest(named, isPresent), false)
    return presence(filter, found, within(memberTest(attribute.name, test)))
  }
  const literal = checkComparison(compared, filter.path, filter.operator, filter.value, scope.options)
  const every = filter.operator === 'ne' && scope.options.multiValuedNe === 'every'
  const test = literalTest(compared, every ? 'eq' : filter.operator, literal)
  const some = ({ multiValued }: Attribute, one: ValueTest) =>
    multiValued ? someElement(one, filter.operator === 'ne' && !every) : one
  const one = subAttribute ? memberTest(subAttribute.name, some(subAttribute, test)) : test
  const tested = within(memberTest(attribute.name, some(attribute, one)))
  return every ? notTest(tested) : tested
}

function compileInside(filter: ComparisonFilter | PresentFilter, scope: Scope, outer: Attribute): ValueTest {
  const sub = resolveElementAttribute(outer, filter.path, scope.options)
  if (!sub) return constant(isTrueWithoutValue(filter))
  const within = (test: ValueTest) => (sub === outer ? test : memberTest(sub.name, test))
  if (filter.kind === 'present' || filter.value === null) return presence(filter, { compared: sub }, within(isPresent))
  const path = { name: outer.name, subAttribute: filter.path.name }
  const literal = checkComparison(sub, path, filter.operator, filter.value, scope.options)
  const test = literalTest(sub, filter.operator, literal)
  return within(sub.multiValued && sub !== outer ? someElement(test, filter.operator === 'ne') : test)
}

function compileValuePath(filter: ValuePathFilter, scope: Scope): ValueTest {
  const found = resolveBracketed(scope.definition, filter.path, scope.options)
  if (!found) return constant(false)
  const { attribute, container } = found
  const test = compileNode(filter.filter, { ...scope, outer: attribute })
  const tested = memberTest(attribute.name, someElement(test, false))
  return container === undefined ? tested : memberTest(container, tested)
}

/** `pr` and `ne null` are true where a value is present, `eq null` where none is. */
function presence(
  filter: ComparisonFilter | PresentFilter,
  { compared }: Pick<ResolvedAttribute, 'compared'>,
  present: ValueTest,
): ValueTest {
  if (filter.kind === 'present') return present
  checkComparison(compared, filter.path, filter.operator, null)
  return filter.operator === 'eq' ? notTest(present) : present
}

function literalTest(
  attribute: Attribute | undefined,
  operator: ComparisonOperator,
  literal: ComparisonValue,
): ValueTest {
  /* v8 ignore next 2 -- @preserve: neither can be, checkComparison has refused the one and null is presence */
  return attribute && literal !== null ? createTest(attribute, operator, literal) : constant(false)
}

function constant(value: boolean): ValueTest {
  return () => value
}
