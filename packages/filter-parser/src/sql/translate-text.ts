import { foldCase } from '@scimkit/core/schema'
import type { ComparisonOperator } from '../ast.js'
import type { SqlOperand } from './open-elements.js'
import { never, rawSql, type SqlDialect, type SqlFragment, signOf, sql } from './sql-fragment.js'
import type { Translated } from './translation.js'

/**
 * Writes the comparison of a text. SQL never folds: the literal is folded here, the stored value was when it was stored.
 *
 * @param operand Text column; folded where the attribute is not case exact.
 * @param operator Any operator but `ne`.
 * @param literal Text of the filter.
 * @param dialect Database.
 * @returns SQL, or why there is none. Equality of an exact attribute in a folded column is only implied.
 */
export function translateText(
  operand: SqlOperand,
  operator: ComparisonOperator,
  literal: string,
  dialect: SqlDialect,
): Translated {
  const { expression, storage } = operand
  const folded = storage.folded === true
  const caseExact = operand.caseExact ?? !folded
  if (!caseExact && !folded) return 'the attribute is not case exact, so its column must hold folded text'
  const sign = signOf(operator)
  const ordered = sign !== undefined && operator !== 'eq'
  // Folding composes characters, so that it changes parts and the order; only equal texts stay equal.
  if (caseExact && folded && operator !== 'eq')
    return 'folded text shows only whether values of a case exact attribute are equal'
  const text = folded ? foldCase(literal) : literal
  if (!isStorable(text)) {
    if (dialect === 'sqlite' || ordered) return 'the text holds a character that the database cannot compare'
    return { sql: never, exact: true } // PostgreSQL stores no such character, so no value has it
  }
  const exact = !(caseExact && folded)
  if (!sign) return { sql: partOf(expression, operator, text, dialect), exact }
  // Both order texts by code point then: SQLite compares UTF-8 by bytes, PostgreSQL does so in collation "C".
  const collation = rawSql(ordered && dialect === 'postgres' ? ' COLLATE "C"' : '')
  return { sql: sql`${expression}${collation} ${sign} ${text}`, exact }
}

function partOf(expression: SqlFragment, operator: ComparisonOperator, text: string, dialect: SqlDialect): SqlFragment {
  if (text === '') return sql`${expression} IS NOT NULL`
  if (dialect === 'postgres') {
    const escaped = text.replace(/[\\%_]/g, '\\$&')
    const before = operator === 'sw' ? '' : '%'
    const after = operator === 'ew' ? '' : '%'
    return sql`${expression} LIKE ${before + escaped + after}`
  }
  // SQLite's LIKE takes A for a, so it is not used.
  if (operator === 'co') return sql`instr(${expression}, ${text}) > 0`
  if (operator === 'ew') return sql`substr(${expression}, -length(${text})) = ${text}`
  const end = endOfPrefix(text)
  const from = sql`${expression} >= ${text}`
  return end === undefined ? from : sql`(${from} AND ${expression} < ${end})`
}

/** The first text, by code point, behind all those that start with the given one; a range can use an index. */
export function endOfPrefix(prefix: string): string | undefined {
  const points = Array.from(prefix, (character) => character.codePointAt(0) as number) // no character is empty
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    if (last === 0x10ffff) continue
    // Behind U+D7FF come the surrogates, which are not characters.
    return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1)
  }
  return undefined
}

/** Neither NUL, at which databases end a text, nor half of a surrogate pair, which UTF-8 cannot write. */
function isStorable(text: string): boolean {
  return !/[\0\p{Surrogate}]/u.test(text)
}
