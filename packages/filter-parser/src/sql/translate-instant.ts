import type { ComparisonOperator } from '../ast.js'
import { readInstant } from '../evaluate/compare-instants.js'
import type { SqlOperand } from './open-elements.js'
import { never, rawSql, type SqlDialect, type SqlFragment, signOf, sql } from './sql-fragment.js'
import type { Translated } from './translation.js'

/**
 * Writes the comparison of a dateTime with an instant.
 *
 * @param operand Column whose storage says how dateTimes are written.
 * @param operator `eq` or an order.
 * @param literal dateTime of the filter.
 * @param dialect Database.
 * @returns SQL, or why there is none.
 */
export function translateInstant(
  operand: SqlOperand,
  operator: ComparisonOperator,
  literal: string,
  dialect: SqlDialect,
): Translated {
  const form = operand.storage.dateTime ?? 'text'
  const instant = readInstant(literal)
  const given = signOf(operator)
  if (instant === undefined || !given) return `${operator} compares no dateTime with this text`
  const digits = form === 'timestamptz' ? 6 : 3
  const [seconds = '', fraction = ''] = instant.split('.')
  const kept = `${seconds}.${fraction.slice(0, digits).padEnd(digits, '0')}Z`
  const between = fraction.length > digits
  // Between two storable instants nothing is equal, and an order is that of the earlier of the two.
  if (between && operator === 'eq') return { sql: never, exact: true }
  const sign = between ? rawSql(operator === 'gt' || operator === 'ge' ? '>' : '<=') : given
  const { expression } = operand
  if (form === 'milliseconds')
    return { sql: sql`${expression} ${sign} ${bindNumber(Date.parse(kept), dialect)}`, exact: true }
  if (form === 'timestamptz') return { sql: sql`${expression} ${sign} ${inPostgres(kept)}::timestamptz`, exact: true }
  const collation = rawSql(dialect === 'postgres' ? ' COLLATE "C"' : '')
  return { sql: sql`${expression}${collation} ${sign} ${kept}`, exact: true }
}

function bindNumber(value: number, dialect: SqlDialect): SqlFragment {
  return dialect === 'postgres' ? sql`${value}::bigint` : sql`${value}`
}

/** PostgreSQL calls the year 0 the first before Christ. */
function inPostgres(utc: string): string {
  return utc.startsWith('0000') ? `0001${utc.slice(4)} BC` : utc
}
