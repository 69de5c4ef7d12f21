import type { Attribute, ResourceDefinition } from '@scimkit/core/schema'
import type {
  ComparisonFilter,
  ComparisonOperator,
  ComparisonValue,
  Filter,
  PresentFilter,
  ValuePathFilter,
} from '../ast.js'
import { compileComparison } from './compile-comparison.js'
import type { CompileOptions } from './compile-options.js'
import { compileUntyped } from './compile-untyped.js'
import { allOf, anyOf, holdsWithoutValue, isPresent, negate, type ValuePredicate } from './predicates.js'
import { ofMember, someElement } from './read-value.js'
import {
  checkComparison,
  type ResolvedAttribute,
  resolveAttribute,
  resolveBracketed,
  resolveElementAttribute,
} from './resolve-attribute.js'

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

function compileNode(filter: Filter, scope: Scope): ValuePredicate {
  switch (filter.kind) {
    case 'and':
      return allOf(filter.filters.map((term) => compileNode(term, scope)))
    case 'or':
      return anyOf(filter.filters.map((term) => compileNode(term, scope)))
    case 'not':
      return negate(compileNode(filter.filter, scope))
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

function compileOutside(filter: ComparisonFilter | PresentFilter, scope: Scope): ValuePredicate {
  const found = resolveAttribute(scope.definition, filter.path, scope.options)
  if (!found) return constant(holdsWithoutValue(filter))
  const { container, attribute, subAttribute, compared } = found
  // Presence of a complex attribute is that of any sub-attribute, so the default `value` is not looked at.
  const named = filter.path.subAttribute === undefined ? undefined : subAttribute?.name
  const within = (test: ValuePredicate) => (container === undefined ? test : ofMember(container, test))
  if (!attribute) return within(presence(filter, found, isPresent))
  if (filter.kind === 'present' || filter.value === null) {
    const test = named === undefined ? isPresent : someElement(ofMember(named, isPresent), false)
    return presence(filter, found, within(ofMember(attribute.name, test)))
  }
  const literal = checkComparison(compared, filter.path, filter.operator, filter.value, scope.options)
  const every = filter.operator === 'ne' && scope.options.multiValuedNe === 'every'
  const test = literalPredicate(compared, every ? 'eq' : filter.operator, literal)
  const some = ({ multiValued }: Attribute, one: ValuePredicate) =>
    multiValued ? someElement(one, filter.operator === 'ne' && !every) : one
  const one = subAttribute ? ofMember(subAttribute.name, some(subAttribute, test)) : test
  const tested = within(ofMember(attribute.name, some(attribute, one)))
  return every ? negate(tested) : tested
}

function compileInside(filter: ComparisonFilter | PresentFilter, scope: Scope, outer: Attribute): ValuePredicate {
  const sub = resolveElementAttribute(outer, filter.path, scope.options)
  if (!sub) return constant(holdsWithoutValue(filter))
  const within = (test: ValuePredicate) => (sub === outer ? test : ofMember(sub.name, test))
  if (filter.kind === 'present' || filter.value === null) return presence(filter, { compared: sub }, within(isPresent))
  const path = { name: outer.name, subAttribute: filter.path.name }
  const literal = checkComparison(sub, path, filter.operator, filter.value, scope.options)
  const test = literalPredicate(sub, filter.operator, literal)
  return within(sub.multiValued && sub !== outer ? someElement(test, filter.operator === 'ne') : test)
}

function compileValuePath(filter: ValuePathFilter, scope: Scope): ValuePredicate {
  const found = resolveBracketed(scope.definition, filter.path, scope.options)
  if (!found) return constant(false)
  const { attribute, container } = found
  const test = compileNode(filter.filter, { ...scope, outer: attribute })
  const tested = ofMember(attribute.name, someElement(test, false))
  return container === undefined ? tested : ofMember(container, tested)
}

/** `pr` and `ne null` are true where a value is present, `eq null` where none is. */
function presence(
  filter: ComparisonFilter | PresentFilter,
  { compared }: Pick<ResolvedAttribute, 'compared'>,
  present: ValuePredicate,
): ValuePredicate {
  if (filter.kind === 'present') return present
  checkComparison(compared, filter.path, filter.operator, null)
  return filter.operator === 'eq' ? negate(present) : present
}

function literalPredicate(
  attribute: Attribute | undefined,
  operator: ComparisonOperator,
  literal: ComparisonValue,
): ValuePredicate {
  /* v8 ignore next 2 -- @preserve: neither can be, checkComparison has refused the one and null is presence */
  return attribute && literal !== null ? compileComparison(attribute, operator, literal) : constant(false)
}

function constant(value: boolean): ValuePredicate {
  return () => value
}
