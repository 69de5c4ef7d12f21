import type { AttributeType, ResourceDefinition } from '@scimkit/core/schema'
import type { ComparisonFilter, PresentFilter, ValuePathFilter } from '../ast.js'
import type { ResolveOptions } from '../evaluate/compile-options.js'
import type { SqlDialect, SqlFragment } from './sql-fragment.js'

/** Options of `toSql`. */
export interface ToSqlOptions extends ResolveOptions {
  readonly dialect: SqlDialect
  /** Where attributes are stored. */
  readonly columns: SqlColumns
  /** Gives types and case rules, and checks the filter as `compileFilter` does; without one the columns tell. */
  readonly definition?: ResourceDefinition | undefined
  /** Takes a filter that has SQL only in part; what remains is to be evaluated on the rows found. */
  readonly partial?: boolean | undefined
  /** What `ne` means on a multi-valued attribute, as for `compileFilter`. */
  readonly multiValuedNe?: 'some' | 'every' | undefined
  /** Number of the first `$` parameter, 1-based; 1 unless given. */
  readonly firstParameter?: number | undefined
}

/** How the values of an attribute are stored. */
export interface SqlStorage {
  /** The text was folded by `foldCase` before it was stored. Only such a column serves an attribute that is not case exact. */
  readonly folded?: boolean | undefined
  /** Type of the attribute, where there is no definition. */
  readonly type?: AttributeType | undefined
  /**
   * Form of a dateTime: `text`, the default, is UTC with three digits of milliseconds (`2026-11-24T08:00:00.000Z`);
   * `milliseconds` a number since 1970; `timestamptz` PostgreSQL's own type.
   */
  readonly dateTime?: 'text' | 'milliseconds' | 'timestamptz' | undefined
}

/** An expression of the row that holds the attribute: NULL where it is absent, text, number or boolean (0/1 in SQLite). */
export interface SqlColumn extends SqlStorage {
  /** SQL expression, such as `users.user_name_folded`. It is the program's own text, never part of a request. */
  readonly sql: string
}

/** A table with one row for each element of a multi-valued attribute. */
export interface SqlTable {
  /** What stands behind FROM: `user_emails`, or with an alias `user_emails AS email`. */
  readonly table: string
  /** Condition that ties its rows to the row of the resource: `email.user_id = users.id`. */
  readonly on: string
  /** Sub-attributes by name; a simple attribute has `value` alone. Text stands for a column without more to say. */
  readonly columns: Readonly<Record<string, string | SqlColumn>>
}

/** Member of the objects in a JSON column. */
export interface SqlMember extends SqlStorage {
  /** Name of the member; absent when the element itself is the value. */
  readonly name?: string | undefined
}

/** A JSON column that holds the list of a multi-valued attribute (`json` in SQLite, `jsonb` in PostgreSQL). */
export interface SqlJson {
  /** SQL expression of the list. */
  readonly json: string
  /** Sub-attributes by name; a simple attribute has `value` alone. Text stands for the member's name. */
  readonly members: Readonly<Record<string, string | SqlMember>>
}

/**
 * Translates a term by the program's own means.
 *
 * @param filter Comparison, presence test or value path; its path is spelt as in the request.
 * @returns SQL that is true for exactly the matching rows, made with the `sql` tag; `undefined` when it cannot tell.
 */
export type SqlResolver = (filter: ComparisonFilter | PresentFilter | ValuePathFilter) => SqlFragment | undefined

/**
 * Where attributes are stored, by path: `userName`, `name.familyName`, `emails` (a table, a JSON column or a resolver),
 * `urn:…:User:department`. Paths are found without regard to case. Text stands for a column without more to say.
 */
export type SqlColumns = Readonly<Record<string, string | SqlColumn | SqlTable | SqlJson | SqlResolver>>
