import type { Attribute } from '@scimkit/core/schema'
import type { ComparisonFilter, ComparisonValue, PresentFilter } from '../ast.js'
import { isTrueWithoutValue } from '../is-present.js'
import { isResourceReference } from '../normalize-value.js'
import { checkComparison, resolveAttribute, resolveElementAttribute } from '../resolve-attribute.js'
import { stringifyPath } from '../stringify-filter.js'
import { columnOperand, findEntry, openElements, type SqlElements, type SqlEntry } from './open-elements.js'
import type { SqlColumn, SqlColumns } from './sql-columns.js'
import { joinSql, type SqlFragment, sql } from './sql-fragment.js'
import { always, never, type SqlOperand, translateComparison, translatePresence } from './translate-comparison.js'
import { keyOf, type SqlInside, type SqlScope, type Translation, untranslatable } from './translate-filter.js'

type Term = ComparisonFilter | PresentFilter

/** What a term compares, where it is stored, and over which elements. */
interface Subject {
  readonly operand?: SqlOperand | undefined
  readonly attribute?: Attribute | undefined
  readonly elements?: SqlElements | undefined
  /** The term asks whether there is any element at all. */
  readonly anyElement?: boolean | undefined
}

/** Translates a term outside brackets. */
export function translateOutside(filter: Term, scope: SqlScope): Translation {
  const { options } = scope
  const found = options.definition && resolveAttribute(options.definition, filter.path, options)
  if (options.definition && !found) return { sql: isTrueWithoutValue(filter) ? always : never }
  const { urn, name, subAttribute } = filter.path
  const named = found ? (subAttribute === undefined ? undefined : found.subAttribute?.name) : subAttribute
  const key = found ? keyOf(found) : stringifyPath({ urn, name })
  const literal =
    filter.kind === 'comparison' && found
      ? checkComparison(found.compared, filter.path, filter.operator, filter.value, options)
      : undefined
  const whole = findEntry(options.columns, key)
  const part = findEntry(options.columns, `${key}.${named ?? 'value'}`)
  if (typeof whole === 'function') {
    const resolved = whole(filter)
    return resolved ? { sql: sql`(${resolved})` } : untranslatable(filter, scope, 'its resolver cannot tell')
  }
  const elements = part === undefined || named === undefined ? openElements(whole, options.dialect) : undefined
  const anyElement = elements && filter.kind === 'present' && named === undefined
  const column = named === undefined ? (elements ? undefined : (whole ?? part)) : part
  const own = isColumn(column) ? columnOperand(column) : undefined
  if (filter.kind === 'present' && named === undefined && whole === undefined && found?.attribute?.type === 'complex') {
    const present = presenceOfParts(key, found.attribute, options.columns)
    return present ? { sql: present } : untranslatable(filter, scope, 'not all of its sub-attributes have a column')
  }
  const operand = elements ? elements.operand(named ?? 'value') : own
  return translateSubject(filter, scope, { operand, attribute: found?.compared, elements, anyElement }, literal)
}

/** Translates a term inside brackets, as a condition on one element. */
export function translateInside(filter: Term, scope: SqlScope, inside: SqlInside): Translation {
  const { options } = scope
  const { outer, elements, key } = inside
  const attribute = outer && resolveElementAttribute(outer, filter.path, options)
  if (outer && !attribute) return { sql: isTrueWithoutValue(filter) ? always : never }
  const literal =
    filter.kind === 'comparison' && attribute
      ? checkComparison(attribute, filter.path, filter.operator, filter.value, options)
      : undefined
  const name = attribute && attribute !== outer ? attribute.name : filter.path.name
  const column = elements ? undefined : findEntry(options.columns, `${key}.${name}`)
  const own = isColumn(column) ? columnOperand(column) : undefined
  return translateSubject(filter, scope, { operand: elements ? elements.operand(name) : own, attribute }, literal)
}

/** Presence of a complex attribute whose sub-attributes are columns of the row; `undefined` when one has none. */
export function presenceOfParts(key: string, attribute: Attribute, columns: SqlColumns): SqlFragment | undefined {
  const present: SqlFragment[] = []
  for (const sub of attribute.subAttributes ?? []) {
    const column = findEntry(columns, `${key}.${sub.name}`)
    if (!isColumn(column)) return undefined
    present.push(translatePresence({ ...columnOperand(column), type: sub.type }))
  }
  return present.length > 0 ? joinSql(present, 'OR') : undefined
}

function isColumn(entry: SqlEntry | undefined): entry is string | SqlColumn {
  return typeof entry === 'string' || (typeof entry === 'object' && 'sql' in entry)
}

function translateSubject(
  filter: Term,
  scope: SqlScope,
  subject: Subject,
  checked: ComparisonValue | undefined,
): Translation {
  const { elements, attribute } = subject
  if (subject.anyElement && elements) return { sql: elements.some(always) }
  if (!subject.operand) return untranslatable(filter, scope, 'no column holds it')
  const operand: SqlOperand = attribute
    ? { ...subject.operand, type: attribute.type, caseExact: attribute.caseExact }
    : subject.operand
  const present = translatePresence(operand)
  const somePresent = elements ? elements.some(present) : present
  if (filter.kind === 'present') return { sql: somePresent }
  const literal = checked === undefined ? filter.value : checked
  if (literal === null) return translateNull(filter, somePresent)
  const sameness = filter.operator === 'eq' || filter.operator === 'ne'
  if (attribute && (attribute.type === 'binary' || (sameness && isResourceReference(attribute)))) {
    return untranslatable(filter, scope, `a ${attribute.type} has more than one spelling`)
  }
  const negated = filter.operator === 'ne'
  const translated = translateComparison(operand, negated ? 'eq' : filter.operator, literal, scope.options.dialect)
  if (typeof translated === 'string') return untranslatable(filter, scope, translated)
  if (negated && !translated.exact) return untranslatable(filter, scope, 'its column holds folded text')
  const remaining = translated.exact ? undefined : filter
  if (remaining && !scope.options.partial) return untranslatable(filter, scope, 'its column holds folded text')
  if (!negated) return { sql: elements ? elements.some(translated.sql) : translated.sql, remaining }
  if (!elements) return { sql: sql`(${translated.sql}) IS NOT TRUE` }
  if (scope.options.multiValuedNe === 'every') return { sql: sql`NOT ${elements.some(translated.sql)}` }
  const differs = elements.some(sql`(${translated.sql}) IS NOT TRUE`)
  return { sql: sql`(${differs} OR NOT ${elements.some(always)})` }
}

/** `eq null` says that there is no value, `ne null` that there is one; nothing else holds. */
function translateNull(filter: ComparisonFilter, present: NonNullable<Translation['sql']>): Translation {
  if (filter.operator === 'ne') return { sql: present }
  if (filter.operator === 'eq') return { sql: sql`(${present}) IS NOT TRUE` }
  return { sql: never }
}
