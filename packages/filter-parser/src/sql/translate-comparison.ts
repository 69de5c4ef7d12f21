import type { ComparisonOperator } from '../ast.js'
import type { SqlOperand } from './open-elements.js'
import { type SqlDialect, type SqlFragment, signOf, sql } from './sql-fragment.js'
import { translateInstant } from './translate-instant.js'
import { translateText } from './translate-text.js'
import type { Translated } from './translation.js'

/**
 * Writes the comparison of one value; `ne` and null are the caller's.
 *
 * @param operand What is compared.
 * @param operator Any operator but `ne`.
 * @param literal Literal that fits the type.
 * @param dialect Database.
 * @returns SQL that is true, false or NULL (for an absent value); exact unless it is only implied by the comparison.
 */
export function translateComparison(
  operand: SqlOperand,
  operator: ComparisonOperator,
  literal: string | number | boolean,
  dialect: SqlDialect,
): Translated {
  if (typeof literal === 'string') {
    const number = operand.type === 'dateTime' && operand.storage.dateTime === 'milliseconds'
    const expression = number ? simpleExpression(operand, 0) : textExpression(operand)
    const text = { ...operand, expression }
    return operand.type === 'dateTime'
      ? translateInstant(text, operator, literal, dialect)
      : translateText(text, operator, literal, dialect)
  }
  const sign = signOf(operator)
  if (!sign || (typeof literal === 'boolean' && operator !== 'eq')) return `${operator} compares no ${typeof literal}`
  return { sql: sql`${simpleExpression(operand, literal)} ${sign} ${bindSimple(literal, dialect)}`, exact: true }
}

/** Presence of one value: not NULL and, for texts, not empty. */
export function translatePresence(operand: SqlOperand): SqlFragment {
  const { type } = operand
  const expression = textExpression(operand)
  switch (type) {
    case 'boolean':
    case 'integer':
    case 'decimal':
    case 'dateTime':
      return sql`${expression} IS NOT NULL`
    case undefined:
      return sql`CAST(${expression} AS TEXT) <> ''`
    default:
      return sql`${expression} <> ''`
  }
}

function textExpression({ expression, json }: SqlOperand): SqlFragment {
  return json ? sql`(${expression} #>> '{}')` : expression
}

function simpleExpression({ expression, json }: SqlOperand, literal: number | boolean): SqlFragment {
  if (!json) return expression
  // A cast of another JSON type would end the whole query with an error.
  return typeof literal === 'boolean'
    ? sql`CASE WHEN jsonb_typeof(${expression}) = 'boolean' THEN (${expression})::boolean END`
    : sql`CASE WHEN jsonb_typeof(${expression}) = 'number' THEN (${expression})::numeric END`
}

function bindSimple(literal: number | boolean, dialect: SqlDialect): SqlFragment {
  if (dialect === 'sqlite') return sql`${Number(literal)}`
  if (typeof literal === 'boolean') return sql`${literal}`
  // Without a cast PostgreSQL takes the column's type and ends with an error on 1.5 for an integer.
  return Number.isSafeInteger(literal) ? sql`${literal}::bigint` : sql`${literal}::numeric`
}
