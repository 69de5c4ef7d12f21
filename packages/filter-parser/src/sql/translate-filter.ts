import type { Filter, ValuePathFilter } from '../ast.js'
import { resolveBracketed } from '../evaluate/resolve-attribute.js'
import { stringifyPath } from '../stringify.js'
import { findElementSubject, findSubject, keyOf, presenceOfParts, type SqlInside } from './find-subject.js'
import { findEntry, openElements } from './open-elements.js'
import { joinSql, never, sql } from './sql-fragment.js'
import type { ToSqlOptions } from './sql-options.js'
import { translateTerm } from './translate-term.js'
import { type Translation, untranslatable } from './translation.js'

/**
 * Translates a filter, or the part of it that has SQL where the options allow that.
 *
 * @param filter The filter, or a part of it.
 * @param options Options of `toSql`.
 * @param inside Set for a part in brackets.
 * @returns SQL and what remains.
 */
export function translateFilter(filter: Filter, options: ToSqlOptions, inside?: SqlInside): Translation {
  switch (filter.kind) {
    case 'and':
      return translateAnd(filter.filters.map((term) => translateFilter(term, options, inside)))
    case 'or':
      return translateOr(
        filter,
        filter.filters.map((term) => translateFilter(term, options, inside)),
      )
    case 'not': {
      const inner = translateFilter(filter.filter, options, inside)
      // The opposite of SQL that is only implied would leave out matches.
      return inner.sql && !inner.remaining ? { sql: sql`(${inner.sql}) IS NOT TRUE` } : { remaining: filter }
    }
    case 'valuePath':
      return translateValuePath(filter, options)
    case 'present':
    case 'comparison': {
      const { path } = filter
      const subject = inside ? findElementSubject(path, inside, options) : findSubject(path, options)
      return translateTerm(filter, subject, options)
    }
    /* v8 ignore next 2 -- @preserve: the compiler knows that there is no other kind */
    default:
      return filter satisfies never
  }
}

function translateAnd(parts: readonly Translation[]): Translation {
  const fragments = parts.flatMap((part) => part.sql ?? [])
  const rest = parts.flatMap((part) => part.remaining ?? [])
  const [first] = rest
  return {
    sql: fragments.length > 0 ? joinSql(fragments, 'AND') : undefined,
    remaining: rest.length > 1 ? Object.freeze({ kind: 'and', filters: Object.freeze(rest) }) : first,
  }
}

function translateOr(filter: Filter, parts: readonly Translation[]): Translation {
  const fragments = parts.flatMap((part) => part.sql ?? [])
  // A term of which nothing is known lets every row pass.
  if (fragments.length < parts.length) return { remaining: filter }
  return { sql: joinSql(fragments, 'OR'), remaining: parts.some((part) => part.remaining) ? filter : undefined }
}

function translateValuePath(filter: ValuePathFilter, options: ToSqlOptions): Translation {
  const found = options.definition && resolveBracketed(options.definition, filter.path, options)
  if (options.definition && !found) return { sql: never }
  const key = found ? keyOf(found) : stringifyPath(filter.path)
  const entry = findEntry(options.columns, key)
  if (typeof entry === 'function') {
    const resolved = entry(filter)
    return resolved ? { sql: sql`(${resolved})` } : untranslatable(filter, options, 'its resolver returned nothing')
  }
  const elements = openElements(entry, options.dialect)
  const inner = translateFilter(filter.filter, options, { key, outer: found?.attribute, elements })
  const remaining = inner.remaining && filter
  if (elements) return { sql: inner.sql && elements.some(inner.sql), remaining }
  if (!found || found.attribute.multiValued) return { sql: inner.sql, remaining }
  // A singular attribute that is absent has no element, of which even `not (…)` could be true.
  const present = presenceOfParts(key, found.attribute, options)
  if (!present)
    return { ...untranslatable(filter, options, 'not all of its sub-attributes have a column'), sql: inner.sql }
  return { sql: inner.sql && joinSql([present, inner.sql], 'AND'), remaining }
}
