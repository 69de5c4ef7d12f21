import { type Attribute, compareText } from '@scimkit/core/schema'
import type { ComparisonOperator } from '../ast.js'
import { instantComparison, readInstant } from './compare-instants.js'
import { partTest } from './compile-contains.js'
import { foldTest } from './compile-folded-comparison.js'
import { isResourceReference, normalizeBinary, normalizeReference } from './normalize-value.js'
import { orderTest, type ValueTest } from './predicates.js'

/**
 * Makes the test of one value against a literal that fits the attribute's type.
 *
 * @param attribute Attribute, or sub-attribute, whose type and case rule decide.
 * @param operator Operator that the type allows.
 * @param literal Literal of the type; never null.
 * @returns The test; a value of another type is identical to nothing and in no order.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2.2
 */
export function createTest(
  attribute: Attribute,
  operator: ComparisonOperator,
  literal: string | number | boolean,
): ValueTest {
  if (operator === 'ne') {
    const same = createTest(attribute, 'eq', literal)
    return (value) => !same(value)
  }
  if (typeof literal !== 'string') return simpleTest(operator, literal)
  switch (attribute.type) {
    case 'dateTime':
      return instantTest(operator, literal)
    case 'binary':
      return normalizedTest(literal, normalizeBinary)
    case 'reference':
      return operator === 'eq' && isResourceReference(attribute)
        ? normalizedTest(literal, normalizeReference)
        : textTest(operator, literal)
    default:
      return attribute.caseExact ? textTest(operator, literal) : foldTest(operator, literal)
  }
}

function simpleTest(operator: ComparisonOperator, literal: number | boolean): ValueTest {
  if (operator === 'eq') return (value) => value === literal
  const holds = orderTest(operator)
  const number = Number(literal)
  return (value) => typeof value === 'number' && holds(value - number)
}

function instantTest(operator: ComparisonOperator, literal: string): ValueTest {
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

function normalizedTest(literal: string, normalize: (text: string) => string): ValueTest {
  const wanted = normalize(literal)
  return (value) => typeof value === 'string' && normalize(value) === wanted
}

function textTest(operator: ComparisonOperator, text: string): ValueTest {
  const literal = text
  switch (operator) {
    case 'eq':
      return (value) => value === literal
    case 'co': {
      const holds = partTest(literal)
      return (value) => typeof value === 'string' && holds(value)
    }
    case 'sw':
      return (value) => typeof value === 'string' && value.startsWith(literal)
    case 'ew':
      return (value) => typeof value === 'string' && value.endsWith(literal)
    default: {
      const holds = orderTest(operator)
      return (value) => typeof value === 'string' && holds(compareText(value, literal))
    }
  }
}
