/** Translate filters to conditions of SQL. Use it where a database is to do the filtering. */

export { joinSql, rawSql, type SqlDialect, SqlFragment, type SqlParameter, sql } from './sql/sql-fragment.js'
export type {
  SqlColumn,
  SqlColumns,
  SqlJson,
  SqlMember,
  SqlResolver,
  SqlStorage,
  SqlTable,
  ToSqlOptions,
} from './sql/sql-options.js'
export { type SqlFilter, toSql } from './sql/to-sql.js'
export { UntranslatableFilterError } from './sql/untranslatable-filter-error.js'
