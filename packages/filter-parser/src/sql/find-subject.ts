import type { Attribute, AttributePath } from '@scimkit/core/schema'
import { type ResolvedAttribute, resolveAttribute, resolveElementAttribute } from '../evaluate/resolve-attribute.js'
import { stringifyPath } from '../stringify.js'
import type { SqlOperand } from './open-elements.js'
import { columnOperand, findEntry, isColumn, openElements, type SqlElements } from './open-elements.js'
import { always, joinSql, type SqlFragment } from './sql-fragment.js'
import type { SqlResolver, ToSqlOptions } from './sql-options.js'
import { translatePresence } from './translate-comparison.js'

/** What a term is about: where its values are stored. */
export interface SqlSubject {
  /** What is compared: the attribute, or the default `value` of a complex one. Known with a definition alone. */
  readonly attribute?: Attribute | undefined
  /** Absent when no column holds what is compared. */
  readonly operand?: SqlOperand | undefined
  /** Where the operand is one of each element; the term is true if it is for some of them. */
  readonly elements?: SqlElements | undefined
  /** SQL of the presence of what the path names; absent when the columns cannot tell. */
  readonly present?: SqlFragment | undefined
  readonly resolver?: SqlResolver | undefined
}

/** Brackets around a term. */
export interface SqlInside {
  /** Key of the attribute before the brackets. */
  readonly key: string
  readonly outer?: Attribute | undefined
  /** Absent when the sub-attributes are columns of the row. */
  readonly elements?: SqlElements | undefined
}

/** Finds what a term outside brackets is about; `undefined` when the definition does not know the attribute. */
export function findSubject(path: AttributePath, options: ToSqlOptions): SqlSubject | undefined {
  const found = options.definition ? resolveAttribute(options.definition, path, options) : undefined
  if (options.definition && !found) return undefined
  const { columns, dialect } = options
  const { urn, name, subAttribute } = path
  const key = found ? keyOf(found) : stringifyPath({ urn, name })
  const whole = findEntry(columns, key)
  if (typeof whole === 'function') return { attribute: found?.compared, resolver: whole }
  // `tags.value` of a simple list is the list itself.
  const isWhole = subAttribute === undefined || (found !== undefined && !found.subAttribute)
  const part = isWhole ? undefined : (found?.subAttribute?.name ?? subAttribute)
  const partEntry = findEntry(columns, `${key}.${part ?? 'value'}`)
  const entry = isWhole ? (whole ?? partEntry) : (partEntry ?? whole)
  const elements = openElements(entry, dialect)
  if (elements) {
    // A list within the elements is in none of their columns; one that is stored by itself has elements of its own.
    if (entry === partEntry) return elementSubject(elements, undefined, found?.compared)
    return elementSubject(found?.subAttribute?.multiValued ? withoutLists(elements) : elements, part, found?.compared)
  }
  const column = isWhole ? entry : partEntry
  const operand = isColumn(column) ? typed(columnOperand(column), found?.compared) : undefined
  const complex = part === undefined && whole === undefined && found?.attribute?.type === 'complex'
  const present = complex ? presenceOfParts(key, found.attribute, options) : operand && translatePresence(operand)
  return { attribute: found?.compared, operand, present }
}

/** Finds what a term inside brackets is about; `undefined` when the definition does not know the sub-attribute. */
export function findElementSubject(
  path: AttributePath,
  { key, outer, elements }: SqlInside,
  options: ToSqlOptions,
): SqlSubject | undefined {
  const attribute = outer && resolveElementAttribute(outer, path, options)
  if (outer && !attribute) return undefined
  const { name } = path
  const entry = elements ? undefined : findEntry(options.columns, `${key}.${name}`)
  const own = openElements(entry, options.dialect)
  if (own) return elementSubject(own, undefined, attribute)
  if (elements && attribute !== outer && attribute?.multiValued) return { attribute }
  const stored = elements ? elements.operand(name) : isColumn(entry) ? columnOperand(entry) : undefined
  const operand = stored && typed(stored, attribute)
  return { attribute, operand, present: operand && translatePresence(operand) }
}

/** Key of an attribute among the columns: its path in schema spelling, without a URN for the base schema. */
export function keyOf({ container, attribute }: Pick<ResolvedAttribute, 'container' | 'attribute'>): string {
  return [container, attribute?.name].filter((part) => part !== undefined).join(':')
}

/** Presence of a complex attribute whose sub-attributes are columns of the row; `undefined` when one has none. */
export function presenceOfParts(
  key: string,
  attribute: Attribute,
  { columns, dialect }: Pick<ToSqlOptions, 'columns' | 'dialect'>,
): SqlFragment | undefined {
  const present: SqlFragment[] = []
  for (const sub of attribute.subAttributes ?? []) {
    const entry = findEntry(columns, `${key}.${sub.name}`)
    const elements = openElements(entry, dialect)
    if (elements) present.push(elements.some(always))
    else if (isColumn(entry)) present.push(translatePresence(typed(columnOperand(entry), sub)))
    else return undefined
  }
  return present.length > 0 ? joinSql(present, 'OR') : undefined
}

function elementSubject(elements: SqlElements, part: string | undefined, attribute: Attribute | undefined): SqlSubject {
  const stored = elements.operand(part ?? 'value')
  const operand = stored && typed(stored, attribute)
  // An element that is stored is one that has something in it.
  const present = part === undefined ? always : operand && translatePresence(operand)
  return { attribute, operand, elements, present: present && elements.some(present) }
}

/** Elements of which only is known that they are there. */
function withoutLists({ some }: SqlElements): SqlElements {
  return { some, operand: () => undefined }
}

function typed(operand: SqlOperand, attribute: Attribute | undefined): SqlOperand {
  return attribute ? { ...operand, type: attribute.type, caseExact: attribute.caseExact } : operand
}
