import type { Filter } from '../ast.js'
import { always, type SqlParameter } from './sql-fragment.js'
import type { ToSqlOptions } from './sql-options.js'
import { translateFilter } from './translate-filter.js'

/** A condition for WHERE. */
export interface SqlFilter {
  /** SQL made of the program's own words alone: no part of the filter is in it. */
  readonly text: string
  /** Values of the parameters, in their order. */
  readonly params: SqlParameter[]
  /** With `partial`: what the rows found must still be tested for; absent when the SQL says all. */
  readonly remaining?: Filter | undefined
}

/**
 * Translates a filter to SQL that means the same as the compiled filter.
 *
 * Values become parameters, names become the columns of the options; nothing of the filter becomes text. SQL folds no
 * text: attributes that are not case exact need a column that holds what core's `foldCase` gave.
 *
 * @param filter Filter, parsed or built.
 * @param options Dialect, columns, and the definition that gives types and case rules.
 * @returns Text for a WHERE clause and its parameters. The text may be NULL instead of false.
 * @throws {UntranslatableFilterError} When a term has no SQL and `partial` is not set.
 * @throws {ScimError} 400 `invalidFilter` when the definition forbids what the filter asks.
 * @example
 * const { text, params } = toSql(filter, { dialect: 'postgres', columns: { active: 'users.active' } })
 */
export function toSql(filter: Filter, options: ToSqlOptions): SqlFilter {
  const { sql = always, remaining } = translateFilter(filter, options)
  return { ...sql.render(options.dialect, options.firstParameter), ...(remaining && { remaining }) }
}
