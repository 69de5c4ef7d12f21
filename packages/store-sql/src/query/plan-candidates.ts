import { findAttribute } from '@scimkit/core/schema'
import { type ComparisonFilter, type Filter, readInstant } from '@scimkit/filter-parser'
import { indexPath, isRelation, type NumberedAttribute, toIndexText } from '../indexes/indexed-attributes.js'
import type { ServedType } from '../indexes/served-type.js'

/** Resources that an index finds; all matches of a filter are among them. */
export type Candidates = (
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'equal'; readonly attribute: NumberedAttribute; readonly value: string }
  /** Values from `from` up to but without `to`. */
  | { readonly kind: 'prefix'; readonly attribute: NumberedAttribute; readonly from: string; readonly to: string }
  /** `meta.lastModified` between the two, both included. */
  | { readonly kind: 'modified'; readonly from: string; readonly to: string }
  /** Groups with a member, or members of a group. */
  | { readonly kind: 'related'; readonly attribute: 'members' | 'groups'; readonly id: string }
  | { readonly kind: 'union'; readonly parts: readonly Candidates[] }
) & {
  /** Whether every candidate is a match. */
  readonly exact: boolean
  /** The smaller it is, the fewer candidates are to be expected. */
  readonly rank: number
}

/** The one resource, if there is one, with an id or a unique value. */
export type UniqueCandidate = Extract<Candidates, { kind: 'id' | 'equal' }>

/** Whether the candidates are at most one resource, and a match. */
export function isUnique(candidates: Candidates): candidates is UniqueCandidate {
  return candidates.exact && (candidates.kind === 'id' || (candidates.kind === 'equal' && candidates.attribute.unique))
}

/**
 * Finds the index that narrows a filter down the most.
 *
 * @param filter Parsed filter.
 * @param type What the store knows of the resource type.
 * @returns The candidates; `undefined` when every resource has to be read.
 */
export function planCandidates(filter: Filter, type: ServedType): Candidates | undefined {
  switch (filter.kind) {
    case 'comparison':
      return planComparison(filter, type)
    case 'valuePath':
      return planValuePath(filter.path.name, filter, type)
    case 'and':
      return planAnd(filter.filters, type)
    case 'or':
      return planOr(filter.filters, type)
    case 'present':
    case 'not':
      return undefined
    default:
      return filter satisfies never
  }
}

function planAnd(filters: readonly Filter[], type: ServedType): Candidates | undefined {
  let best: Candidates | undefined
  for (const term of filters) {
    const candidates = planCandidates(term, type)
    if (candidates && (!best || candidates.rank < best.rank)) best = candidates
  }
  return best && { ...best, exact: false }
}

function planOr(filters: readonly Filter[], type: ServedType): Candidates | undefined {
  const parts: Candidates[] = []
  for (const term of filters) {
    const candidates = planCandidates(term, type)
    if (!candidates) return undefined
    parts.push(candidates)
  }
  return {
    kind: 'union',
    parts,
    exact: parts.every(({ exact }) => exact),
    rank: Math.max(...parts.map(({ rank }) => rank)),
  }
}

/** Inside brackets, names are bare sub-attributes; candidates for one of the terms are candidates for the element. */
function planValuePath(
  name: string,
  { path, filter }: Extract<Filter, { kind: 'valuePath' }>,
  type: ServedType,
): Candidates | undefined {
  if (filter.kind === 'comparison') {
    return planComparison({ ...filter, path: { ...path, name, subAttribute: filter.path.name } }, type)
  }
  if (filter.kind !== 'and') return undefined
  const terms = filter.filters.filter((term) => term.kind === 'comparison')
  return planAnd(
    terms.map((term) => ({ ...term, path: { ...path, name, subAttribute: term.path.name } })),
    type,
  )
}

function planComparison({ path, operator, value }: ComparisonFilter, type: ServedType): Candidates | undefined {
  const target = type.definition && findAttribute(type.definition, path)
  const at = target && indexPath(target)
  if (!target || at === undefined) return undefined
  if (typeof value === 'string') {
    if (at === 'id' && operator === 'eq') return { kind: 'id', id: value, exact: true, rank: 0 }
    if (at === 'meta.lastModified') return planModified(operator, value)
    if (isRelation(target) && operator === 'eq') return planRelated(at, value)
  }
  const attribute = type.byPath.get(at)
  if (!attribute) return undefined
  if (operator === 'eq') return planEqual(attribute, value)
  return operator === 'sw' ? planPrefix(attribute, value) : undefined
}

function planRelated(path: string, id: string): Candidates | undefined {
  if (path !== 'members.value' && path !== 'groups.value') return undefined
  const attribute = path === 'members.value' ? 'members' : 'groups'
  return { kind: 'related', attribute, id, exact: true, rank: 3 }
}

function planEqual(attribute: NumberedAttribute, value: unknown): Candidates | undefined {
  if (!hasType(attribute, value)) return undefined
  const text = toIndexText(attribute.compared, value)
  if (text === undefined) return undefined
  return { kind: 'equal', attribute, value: text, exact: true, rank: attribute.unique ? 1 : 2 }
}

/** The type of a literal decides what is equal; where it does not fit, the filter itself has to decide. */
function hasType({ compared }: NumberedAttribute, value: unknown): boolean {
  if (compared.type === 'string' || compared.type === 'reference') return typeof value === 'string'
  return (
    (compared.type === 'integer' && typeof value === 'number') ||
    (compared.type === 'boolean' && typeof value === 'boolean')
  )
}

function planPrefix(attribute: NumberedAttribute, value: unknown): Candidates | undefined {
  const { type } = attribute.compared
  if ((type !== 'string' && type !== 'reference') || typeof value !== 'string') return undefined
  const from = toIndexText(attribute.compared, value)
  const to = from && successor(from)
  return from && to ? { kind: 'prefix', attribute, from, to, exact: false, rank: 4 } : undefined
}

/** Finds the first text behind all texts that begin with a prefix, in the order of code points. */
function successor(prefix: string): string | undefined {
  const points = [...prefix]
  const last = points.pop()?.codePointAt(0)
  // Half a surrogate pair begins more texts than the index shows, because it has a form of its own there.
  if (last === undefined || last >= 0x10ffff || prefix.includes('\uffff')) return undefined
  return points.join('') + String.fromCodePoint(last === 0xd7ff ? 0xe000 : last + 1)
}

function planModified(operator: ComparisonFilter['operator'], value: string): Candidates | undefined {
  const instant = readInstant(value)
  if (instant === undefined) return undefined
  // A millisecond on both sides, because literals may be finer than what is stored.
  const milliseconds = Date.parse(`${instant.slice(0, 23)}Z`)
  const around = (shift: number) => new Date(milliseconds + shift).toISOString()
  const bounds = { from: '', to: '\u{10ffff}', kind: 'modified', exact: false, rank: 5 } as const
  switch (operator) {
    case 'eq':
      return { ...bounds, from: around(-1), to: around(1), rank: 3 }
    case 'gt':
    case 'ge':
      return { ...bounds, from: around(-1) }
    case 'lt':
    case 'le':
      return { ...bounds, to: around(1) }
    default:
      return undefined
  }
}
