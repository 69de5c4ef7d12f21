import { type Attribute, foldCase, type ResourceDefinition } from '@scimkit/core/schema'
import type { ComparisonFilter, ComparisonValue, Filter, PresentFilter } from '@scimkit/filter-parser'

/**
 * Reads a filter as the rules state it, value by value, with no thought of speed; it shares nothing with the package
 * but the tree and core's folding. Rules are named by their ids.
 */
export function interpret(filter: Filter, definition: ResourceDefinition, resource: Record<string, unknown>): boolean {
  if (filter.kind === 'and')
    return filter.filters.filter((term) => interpret(term, definition, resource)).length === filter.filters.length
  if (filter.kind === 'or') return filter.filters.filter((term) => interpret(term, definition, resource)).length > 0
  if (filter.kind === 'not') return interpret(filter.filter, definition, resource) === false // FI-26
  const found = lookUp(definition, filter.path.urn, filter.path.name)
  if (filter.kind === 'valuePath') {
    if (!found) return false
    const { attribute } = found
    const holder = found.urn === undefined ? resource : ((resource[found.urn] ?? {}) as Record<string, unknown>)
    return (
      listOf(holder[attribute.name]).filter((element) => interpretInside(filter.filter, attribute, element)).length > 0
    ) // FI-6, FI-8, FI-9
  }
  if (!found) return absent(filter)
  const holder = found.urn === undefined ? resource : ((resource[found.urn] ?? {}) as Record<string, unknown>)
  const { attribute } = found
  const elements = listOf(holder[attribute.name])
  const given = filter.path.subAttribute
  const isSimpleList = attribute.multiValued && !attribute.subAttributes
  const wanted = isSimpleList && given?.toLowerCase() === 'value' ? undefined : given // the element itself, as in brackets
  const some = elements.filter(hasValue).length > 0
  if (wanted === undefined && filter.kind === 'present') return some // FI-20
  if (wanted === undefined && filter.kind === 'comparison' && filter.value === null)
    return filter.operator === 'eq' ? !some : some // FI-24
  const sub = wanted === undefined ? byName(attribute.subAttributes, 'value') : byName(attribute.subAttributes, wanted) // FI-28
  if (wanted !== undefined && !sub) return absent(filter)
  const values = sub ? elements.flatMap((element) => valuesOf(sub, element)) : elements
  const outcomes = outcomesOf(filter, sub ?? attribute, values, attribute.multiValued || sub?.multiValued === true)
  return outcomes.includes(true)
}

function interpretInside(filter: Filter, outer: Attribute, element: unknown): boolean {
  if (filter.kind === 'and') return filter.filters.every((term) => interpretInside(term, outer, element))
  if (filter.kind === 'or') return !filter.filters.every((term) => !interpretInside(term, outer, element))
  if (filter.kind === 'not') return interpretInside(filter.filter, outer, element) !== true
  if (filter.kind === 'valuePath') throw new Error('brackets do not nest')
  const sub = outer.subAttributes ? byName(outer.subAttributes, filter.path.name) : outer
  if (!sub) return absent(filter)
  const values = outer.subAttributes ? valuesOf(sub, element) : [element]
  return outcomesOf(filter, sub, values, true).includes(true)
}

/** What a sub-attribute of an element holds, each element of a list by itself; nothing is one value that is absent. */
function valuesOf(sub: Attribute, element: unknown): unknown[] {
  const value = (element as Record<string, unknown>)[sub.name]
  const list = sub.multiValued ? listOf(value) : [value]
  return list.length === 0 ? [undefined] : list
}

/** The truth of the term for each of the values. */
function outcomesOf(
  filter: ComparisonFilter | PresentFilter,
  attribute: Attribute,
  values: readonly unknown[],
  many: boolean,
): boolean[] {
  const anyValue = values.filter(hasValue).length > 0
  if (filter.kind === 'present') return [anyValue]
  if (filter.value === null) return [filter.operator === 'eq' ? !anyValue : filter.operator === 'ne' && anyValue] // FI-24
  const { value: literal, operator } = filter
  if (operator === 'ne') {
    if (values.length === 0) return [true] // FI-23
    return values.map((value) => !identical(attribute, value, literal)) // FI-22, the letter
  }
  return (many ? values : values.slice(0, 1)).map((value) => holds(attribute, operator, value, literal)) // FI-21
}

function holds(attribute: Attribute, operator: string, value: unknown, literal: ComparisonValue): boolean {
  if (operator === 'eq') return identical(attribute, value, literal)
  if (value === undefined || value === null) return false
  if (['co', 'sw', 'ew'].includes(operator)) {
    const [left, right] = [textOf(attribute, String(value)), textOf(attribute, String(literal))]
    if (operator === 'sw') return left.slice(0, right.length) === right
    if (operator === 'ew') return right.length <= left.length && left.slice(left.length - right.length) === right
    return left.split(right).length > 1 || right === ''
  }
  const order = orderOf(attribute, value, literal)
  return operator[0] === 'g'
    ? order > 0 || (operator === 'ge' && order === 0)
    : order < 0 || (operator === 'le' && order === 0)
}

function identical(attribute: Attribute, value: unknown, literal: ComparisonValue): boolean {
  if (value === undefined || value === null) return false
  if (attribute.type === 'binary')
    return Buffer.from(String(value), 'base64').equals(Buffer.from(String(literal), 'base64'))
  if (attribute.type === 'reference' && attribute.referenceTypes?.includes('Thing')) {
    const segments = (uri: unknown) =>
      String(uri)
        .split('/')
        .filter((segment, index, all) => index === all.length - 1 || !/^v\d+$/.test(segment))
    return segments(value).join('/') === segments(literal).join('/') // JN-8
  }
  return orderOf(attribute, value, literal) === 0
}

function orderOf(attribute: Attribute, value: unknown, literal: ComparisonValue): number {
  if (attribute.type === 'dateTime') return Number(instant(String(value)) - instant(String(literal)))
  if (typeof value === 'number') return value < Number(literal) ? -1 : value > Number(literal) ? 1 : 0
  if (typeof value === 'boolean') return value === literal ? 0 : 1
  const left = Array.from(textOf(attribute, String(value)), (character) => character.codePointAt(0) ?? 0)
  const right = Array.from(textOf(attribute, String(literal)), (character) => character.codePointAt(0) ?? 0)
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? -1) - (right[index] ?? -1)
    if (difference !== 0) return difference
  }
  return 0
}

/** Units so small that every digit of a fraction counts. */
function instant(text: string): bigint {
  const [, date = '', fraction = '', zone = ''] = /^([^.+Z]*T[\d:]*)(?:\.(\d+))?(.*)$/.exec(text) ?? []
  return BigInt(Date.parse(date + (zone || 'Z'))) * 10n ** 17n + BigInt(fraction.padEnd(20, '0'))
}

function textOf(attribute: Attribute, text: string): string {
  return attribute.caseExact ? text : foldCase(text)
}

function lookUp(definition: ResourceDefinition, urn: string | undefined, name: string) {
  for (const { extension } of definition.extensions) {
    const attribute = byName(extension.schema.attributes, name)
    if (attribute && urn?.toLowerCase() === extension.urn.toLowerCase()) return { urn: extension.urn, attribute }
  }
  const attribute = byName(definition.schema.attributes, name)
  return attribute && urn === undefined ? { urn: undefined, attribute } : undefined
}

function byName(attributes: readonly Attribute[] | undefined, name: string): Attribute | undefined {
  return attributes?.find((attribute) => attribute.name.toLowerCase() === name.toLowerCase())
}

function listOf(value: unknown): unknown[] {
  return (Array.isArray(value) ? value : [value]).filter((element) => element !== undefined && element !== null)
}

function hasValue(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).some(hasValue)
  return value !== undefined && value !== null && value !== ''
}

/** FI-23, FI-24: an attribute without value. */
function absent(filter: ComparisonFilter | PresentFilter): boolean {
  if (filter.kind === 'present') return false
  return (filter.operator === 'eq' && filter.value === null) || (filter.operator === 'ne' && filter.value !== null)
}
