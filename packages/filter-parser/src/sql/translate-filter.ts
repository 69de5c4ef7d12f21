import type { Attribute } from '@scimkit/core/schema'
import type { Filter, ValuePathFilter } from '../ast.js'
import { type ResolvedAttribute, resolveBracketed } from '../resolve-attribute.js'
import { stringifyPath } from '../stringify-filter.js'
import { findEntry, openElements, type SqlElements } from './open-elements.js'
import { joinSql, type SqlFragment, sql } from './sql-fragment.js'
import type { ToSqlOptions } from './to-sql.js'
import { never } from './translate-comparison.js'
import { presenceOfParts, translateInside, translateOutside } from './translate-term.js'
import { UntranslatableFilterError } from './untranslatable-filter-error.js'

/** Where a part of the filter stands. */
export interface SqlScope {
  readonly options: ToSqlOptions
  /** Set inside brackets. */
  readonly inside?: SqlInside | undefined
}

/** The brackets around a part of the filter. */
export interface SqlInside {
  /** Key of the attribute before the brackets. */
  readonly key: string
  readonly outer?: Attribute | undefined
  /** Absent when the sub-attributes are columns of the row. */
  readonly elements?: SqlElements | undefined
}

/** SQL that the filter implies, and what it leaves to test; without SQL nothing is known, without rest all is said. */
export interface Translation {
  readonly sql?: SqlFragment | undefined
  readonly remaining?: Filter | undefined
}

/** Translates a filter, or the part of it that has SQL where the options allow that. */
export function translateFilter(filter: Filter, scope: SqlScope): Translation {
  switch (filter.kind) {
    case 'and':
      return translateAnd(filter.filters, scope)
    case 'or':
      return translateOr(filter, filter.filters, scope)
    case 'not': {
      const { sql: inner, remaining } = translateFilter(filter.filter, scope)
      // The opposite of SQL that is only implied would leave out matches.
      return inner && !remaining ? { sql: sql`(${inner}) IS NOT TRUE` } : { remaining: filter }
    }
    case 'valuePath':
      return translateValuePath(filter, scope)
    case 'present':
    case 'comparison':
      return scope.inside ? translateInside(filter, scope, scope.inside) : translateOutside(filter, scope)
    default:
      return filter satisfies never
  }
}

/** Says that a term has no SQL, or throws where all of the filter must have one. */
export function untranslatable(filter: Filter, scope: SqlScope, reason: string): Translation {
  if (scope.options.partial) return { remaining: filter }
  throw new UntranslatableFilterError(filter, reason)
}

/** Key of an attribute among the columns: its path in schema spelling, without a URN for the base schema. */
export function keyOf({ container, attribute }: ResolvedAttribute): string {
  return [container, attribute?.name].filter((part) => part !== undefined).join(':')
}

function translateAnd(filters: readonly Filter[], scope: SqlScope): Translation {
  const parts = filters.map((term) => translateFilter(term, scope))
  const fragments = parts.flatMap((part) => part.sql ?? [])
  const rest = parts.flatMap((part) => part.remaining ?? [])
  const [first] = rest
  return {
    sql: fragments.length ? joinSql(fragments, 'AND') : undefined,
    remaining: first && (rest.length === 1 ? first : Object.freeze({ kind: 'and', filters: Object.freeze(rest) })),
  }
}

function translateOr(filter: Filter, filters: readonly Filter[], scope: SqlScope): Translation {
  const parts = filters.map((term) => translateFilter(term, scope))
  const fragments = parts.flatMap((part) => part.sql ?? [])
  // A term of which nothing is known lets every row pass.
  if (fragments.length < parts.length) return { remaining: filter }
  return {
    sql: joinSql(fragments, 'OR'),
    remaining: parts.some((part) => part.remaining) ? filter : undefined,
  }
}

function translateValuePath(filter: ValuePathFilter, scope: SqlScope): Translation {
  const { options } = scope
  const found = options.definition && resolveBracketed(options.definition, filter.path, options)
  if (options.definition && !found) return { sql: never }
  const key = found ? keyOf(found) : stringifyPath(filter.path)
  const entry = findEntry(options.columns, key)
  if (typeof entry === 'function') {
    const resolved = entry(filter)
    return resolved ? { sql: sql`(${resolved})` } : untranslatable(filter, scope, 'its resolver cannot tell')
  }
  const elements = openElements(entry, options.dialect)
  const inner = translateFilter(filter.filter, { options, inside: { key, outer: found?.attribute, elements } })
  if (elements) return { sql: inner.sql && elements.some(inner.sql), remaining: inner.remaining && filter }
  const singular = found && !found.attribute.multiValued
  if (!singular) return { sql: inner.sql, remaining: inner.remaining && filter }
  // An absent attribute has no element, of which even `not (…)` could be true.
  const present = presenceOfParts(key, found.attribute, options.columns)
  if (!present)
    return {
      sql: inner.sql,
      remaining: untranslatable(filter, scope, 'not all of its sub-attributes have a column').remaining,
    }
  return { sql: inner.sql && joinSql([present, inner.sql], 'AND'), remaining: inner.remaining && filter }
}
