export type { SqlColumn, SqlColumns, SqlJson, SqlMember, SqlResolver, SqlStorage, SqlTable } from './sql/sql-columns.js'
export { joinSql, rawSql, type SqlDialect, SqlFragment, type SqlParameter, sql } from './sql/sql-fragment.js'
export { type SqlFilter, type ToSqlOptions, toSql } from './sql/to-sql.js'
export { UntranslatableFilterError } from './sql/untranslatable-filter-error.js'
