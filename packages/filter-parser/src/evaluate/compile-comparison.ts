import { type Attribute, compareText } from '@scimkit/core/schema'
import type { ComparisonOperator } from '../ast.js'
import { instantComparison, readInstant } from './compare-instants.js'
import { compileContains } from './compile-contains.js'
import { compileFoldedComparison } from './compile-folded-comparison.js'
import { isResourceReference, normalizeBinary, normalizeReference } from './normalize-value.js'
import { compileOrder, type ValuePredicate } from './predicates.js'

/**
 * Compiles the comparison of one value with a literal that fits the attribute's type.
 *
 * @param attribute Attribute, or sub-attribute, whose type and case rule decide.
 * @param operator Operator that the type allows.
 * @param literal Literal of the type; never null.
 * @returns The predicate; a value of another type equals nothing and is in no order.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2.2
 */
export function compileComparison(
  attribute: Attribute,
  operator: ComparisonOperator,
  literal: string | number | boolean,
): ValuePredicate {
  if (operator === 'ne') {
    const same = compileComparison(attribute, 'eq', literal)
    return (value) => !same(value)
  }
  if (typeof literal !== 'string') return simplePredicate(operator, literal)
  switch (attribute.type) {
    case 'dateTime':
      return instantPredicate(operator, literal)
    case 'binary':
      return normalizedPredicate(literal, normalizeBinary)
    case 'reference':
      return operator === 'eq' && isResourceReference(attribute)
        ? normalizedPredicate(literal, normalizeReference)
        : textPredicate(operator, literal)
    default:
      return attribute.caseExact ? textPredicate(operator, literal) : compileFoldedComparison(operator, literal)
  }
}

function simplePredicate(operator: ComparisonOperator, literal: number | boolean): ValuePredicate {
  if (operator === 'eq') return (value) => value === literal
  const holds = compileOrder(operator)
  const number = Number(literal)
  return (value) => typeof value === 'number' && holds(value - number)
}

function instantPredicate(operator: ComparisonOperator, literal: string): ValuePredicate {
  const compare = instantComparison(readInstant(literal) as string) // checkComparison lets no other literal pass
  switch (operator) {
    case 'gt':
      return (value) => compare(value) > 0
    case 'ge':
      return (value) => compare(value) >= 0
    case 'lt':
      return (value) => compare(value) < 0
    case 'le':
      return (value) => compare(value) <= 0
    default:
      return (value) => compare(value) === 0
  }
}

function normalizedPredicate(literal: string, normalize: (text: string) => string): ValuePredicate {
  const wanted = normalize(literal)
  return (value) => typeof value === 'string' && normalize(value) === wanted
}

function textPredicate(operator: ComparisonOperator, text: string): ValuePredicate {
  const literal = text
  switch (operator) {
    case 'eq':
      return (value) => value === literal
    case 'co': {
      const holds = compileContains(literal)
      return (value) => typeof value === 'string' && holds(value)
    }
    case 'sw':
      return (value) => typeof value === 'string' && value.startsWith(literal)
    case 'ew':
      return (value) => typeof value === 'string' && value.endsWith(literal)
    default: {
      const holds = compileOrder(operator)
      return (value) => typeof value === 'string' && holds(compareText(value, literal))
    }
  }
}
