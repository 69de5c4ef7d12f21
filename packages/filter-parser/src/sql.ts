export { joinSql, rawSql, type SqlDialect, SqlFragment, type SqlParameter, sql } from './sql/sql-fragment.js'
export type { SqlColumn, SqlColumns, SqlJson, SqlMember, SqlResolver, SqlStorage, SqlTable } from './sql/sql-options.js'
export { type SqlFilter, type ToSqlOptions, toSql } from './sql/to-sql.js'
export { UntranslatableFilterError } from './sql/untranslatable-filter-error.js'
