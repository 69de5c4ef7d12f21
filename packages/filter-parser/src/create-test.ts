import { type Attribute, compareText, foldCase } from '@scimkit/core/schema'
import type { ComparisonOperator } from './ast.js'
import { compareInstants, readInstant } from './compare-instants.js'
import { isResourceReference, normalizeBinary, normalizeReference } from './normalize-value.js'

/** Tests one value; `undefined` is an absent one. */
export type ValueTest = (value: unknown) => boolean

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
      return instantTest(operator, readInstant(literal) ?? '')
    case 'binary':
      return normalizedTest(operator, literal, normalizeBinary)
    case 'reference':
      return operator === 'eq' && isResourceReference(attribute)
        ? normalizedTest(operator, literal, normalizeReference)
        : textTest(operator, literal)
    default:
      return attribute.caseExact ? textTest(operator, literal) : normalizedTest(operator, literal, foldCase)
  }
}

function simpleTest(operator: ComparisonOperator, literal: number | boolean): ValueTest {
  if (operator === 'eq') return (value) => value === literal
  const holds = orderTest(operator)
  return (value) => typeof value === 'number' && holds(value - Number(literal))
}

export function instantTest(operator: ComparisonOperator, instant: string): ValueTest {
  const holds = orderTest(operator)
  return (value) => holds(compareInstants(value, instant))
}

function normalizedTest(operator: ComparisonOperator, literal: string, normalize: (text: string) => string): ValueTest {
  const test = textTest(operator, normalize(literal))
  return (value) => typeof value === 'string' && test(normalize(value))
}

function textTest(operator: ComparisonOperator, literal: string): ValueTest {
  switch (operator) {
    case 'eq':
      return (value) => value === literal
    case 'co':
      return (value) => typeof value === 'string' && value.includes(literal)
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

/** Whether the operator holds for an order; NaN, no order, is in none. */
export function orderTest(operator: ComparisonOperator): (order: number) => boolean {
  switch (operator) {
    case 'gt':
      return (order) => order > 0
    case 'ge':
      return (order) => order >= 0
    case 'lt':
      return (order) => order < 0
    case 'le':
      return (order) => order <= 0
    default:
      return (order) => order === 0
  }
}
