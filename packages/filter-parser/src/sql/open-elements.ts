import { type AttributeType, foldCase } from '@scimkit/core/schema'
import { rawSql, type SqlDialect, type SqlFragment, sql } from './sql-fragment.js'
import type { SqlColumn, SqlColumns, SqlJson, SqlMember, SqlStorage, SqlTable } from './sql-options.js'

/** An expression and what is known of its values. */
export interface SqlOperand {
  readonly expression: SqlFragment
  readonly storage: SqlStorage
  /** Type of the attribute; absent when neither definition nor column tells. */
  readonly type?: AttributeType | undefined
  /** Case rule of the attribute; absent without a definition: then the column's own rule is meant. */
  readonly caseExact?: boolean | undefined
  /** The expression is a JSON value of PostgreSQL, not yet a text, number or boolean. */
  readonly json?: boolean | undefined
}

/** The elements of a multi-valued attribute in the database. */
export interface SqlElements {
  /** Operand of a sub-attribute; `undefined` when it is not stored apart. */
  operand(name: string): SqlOperand | undefined
  /** Wraps the condition on one element so that it is true when some element meets it. */
  some(condition: SqlFragment): SqlFragment
}

/** What is stored for a path. */
export type SqlEntry = SqlColumns[string]

/** Finds an entry by name, without regard to case. */
export function findEntry<T>(entries: Readonly<Record<string, T>>, name: string): T | undefined {
  if (Object.hasOwn(entries, name)) return entries[name]
  const folded = foldCase(name)
  const key = Object.keys(entries).find((candidate) => foldCase(candidate) === folded)
  return key === undefined ? undefined : entries[key]
}

/** Tells whether an entry is a column of the row. */
export function isColumn(entry: SqlEntry | undefined): entry is string | SqlColumn {
  return typeof entry === 'string' || (typeof entry === 'object' && 'sql' in entry)
}

/** Opens the elements of a table or JSON column; `undefined` for a column of the row. */
export function openElements(entry: SqlEntry | undefined, dialect: SqlDialect): SqlElements | undefined {
  if (typeof entry !== 'object') return undefined
  if ('table' in entry) return openTable(entry)
  return 'json' in entry ? openJson(entry, dialect) : undefined
}

/** Operand of a column of the row. */
export function columnOperand(column: string | SqlColumn): SqlOperand {
  const storage = typeof column === 'string' ? { sql: column } : column
  return { expression: rawSql(storage.sql), storage, type: storage.type }
}

function openTable({ table, on, columns }: SqlTable): SqlElements {
  return {
    operand(name) {
      const column = findEntry(columns, name)
      return column === undefined ? undefined : columnOperand(column)
    },
    some: (condition) => sql`EXISTS (SELECT 1 FROM ${rawSql(table)} WHERE ${rawSql(on)} AND ${condition})`,
  }
}

function openJson({ json, members }: SqlJson, dialect: SqlDialect): SqlElements {
  const list = rawSql(json)
  // Anything but a list has no elements; PostgreSQL would end with an error.
  const rows =
    dialect === 'sqlite'
      ? sql`json_each(CASE json_type(${list}) WHEN 'array' THEN ${list} ELSE '[]' END) AS element`
      : sql`jsonb_array_elements(CASE jsonb_typeof(${list}) WHEN 'array' THEN ${list} ELSE '[]'::jsonb END) AS element(value)`
  return {
    operand(name) {
      const found = findEntry(members, name)
      if (found === undefined) return undefined
      const storage: SqlMember = typeof found === 'string' ? { name: found } : found
      const expression = dialect === 'sqlite' ? memberInSqlite(storage.name) : memberInPostgres(storage.name)
      return { expression, storage, type: storage.type, json: dialect === 'postgres' }
    },
    some: (condition) => sql`EXISTS (SELECT 1 FROM ${rows} WHERE ${condition})`,
  }
}

function memberInSqlite(name: string | undefined): SqlFragment {
  if (name === undefined) return rawSql('element.value')
  // An element that is not an object is not JSON text either, and json_extract would end with an error.
  return sql`CASE element.type WHEN 'object' THEN json_extract(element.value, ${`$."${name}"`}) END`
}

function memberInPostgres(name: string | undefined): SqlFragment {
  return name === undefined ? rawSql('element.value') : sql`(element.value -> ${name}::text)`
}
