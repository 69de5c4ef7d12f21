import { subAttributeIndex } from '@scimkit/core/internal'
import {
  type Attribute,
  type AttributePath,
  type AttributeTarget,
  findAttribute,
  foldCase,
  type ResourceDefinition,
} from '@scimkit/core/schema'
import {
  type ComparisonFilter,
  type ComparisonValue,
  type Filter,
  mapFilter,
  stringifyPath,
  type ValuePathFilter,
} from '@scimkit/filter-parser'
import { readStringBoolean, readStringNumber } from './read-value.js'
import type { OnNote, Reading } from './reading.js'
import type { CompatibilityRules } from './resolve-compatibility.js'

/**
 * Brings the literals of a filter into the types of their attributes where a rule allows it: `"True"` compared with a
 * boolean attribute becomes `true`, `"42"` compared with an integer or decimal one the number.
 *
 * @param filter Parsed filter.
 * @param definition Definition whose schemas name the attributes.
 * @param rules Rules that hold.
 * @param onNote Receiver of notes.
 * @returns The filter; the same reference when nothing had to be read otherwise.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2.2
 */
export function coerceFilter(
  filter: Filter,
  definition: ResourceDefinition,
  rules: CompatibilityRules,
  onNote: OnNote,
): Filter {
  if (!rules.stringBooleans && !rules.stringNumbers) return filter
  const reading = { rules, onNote }
  // Names in brackets belong to the attribute before them, so those terms are done with their value path alone.
  const bracketed = new Set<Filter>()
  const remember = (inner: Filter) => {
    bracketed.add(inner)
    return inner
  }
  mapFilter(filter, (node) => {
    if (node.kind === 'valuePath') mapFilter(node.filter, remember)
    return node
  })
  return mapFilter(filter, (node) => {
    if (node.kind === 'valuePath') return coerceValuePath(node, definition, reading)
    if (node.kind !== 'comparison' || bracketed.has(node)) return node
    return coerceComparison(node, comparedAttribute(definition, node.path), stringifyPath(node.path), reading)
  })
}

/**
 * Brings the literals of a filter in brackets into the types of the sub-attributes.
 *
 * @param filter Parsed filter whose names are bare sub-attributes.
 * @param attribute Attribute before the brackets.
 * @param reading Rules and the receiver of notes.
 * @returns The filter; the same reference when nothing had to be read otherwise.
 */
export function coerceElementFilter(filter: Filter, attribute: Attribute, reading: Reading): Filter {
  if (!reading.rules.stringBooleans && !reading.rules.stringNumbers) return filter
  return mapFilter(filter, (node) => {
    if (node.kind !== 'comparison') return node
    const { name } = node.path
    const compared = attribute.subAttributes ? subAttributeIndex(attribute).get(foldCase(name)) : attribute
    return coerceComparison(node, compared, `${attribute.name}[${name}]`, reading)
  })
}

function coerceValuePath(node: ValuePathFilter, definition: ResourceDefinition, reading: Reading): Filter {
  const attribute = findAttribute(definition, node.path)?.attribute
  const filter = attribute ? coerceElementFilter(node.filter, attribute, reading) : node.filter
  return filter === node.filter ? node : Object.freeze({ ...node, filter })
}

/**
 * Finds what the path of a filter leads to; `tags.value` of a simple list, which brackets write `tags[value …]`, is the
 * list.
 *
 * @param definition Definition whose schemas name the attributes.
 * @param path Path of a term.
 * @returns The target; `undefined` when no schema has the attribute.
 */
export function findFilterTarget(definition: ResourceDefinition, path: AttributePath): AttributeTarget | undefined {
  const target = findAttribute(definition, path)
  if (target || path.subAttribute === undefined || foldCase(path.subAttribute) !== 'value') return target
  const list = findAttribute(definition, { ...path, subAttribute: undefined })
  return list?.attribute?.multiValued && list.attribute.type !== 'complex' ? list : undefined
}

/** A complex attribute without sub-attribute is compared by its `value` (RFC 7644 §3.4.2.2, by its examples). */
function comparedAttribute(definition: ResourceDefinition, path: AttributePath): Attribute | undefined {
  const { attribute, subAttribute } = findFilterTarget(definition, path) ?? {}
  return subAttribute ?? (attribute?.subAttributes ? subAttributeIndex(attribute).get('value') : attribute)
}

function coerceComparison(
  node: ComparisonFilter,
  compared: Attribute | undefined,
  path: string,
  reading: Reading,
): Filter {
  const value = compared && readLiteral(node.value, compared, path, reading)
  return value === undefined || value === node.value ? node : Object.freeze({ ...node, value })
}

function readLiteral(
  literal: ComparisonValue,
  { type }: Attribute,
  path: string,
  reading: Reading,
): ComparisonValue | undefined {
  if (type === 'boolean') return readStringBoolean(literal, path, reading) as ComparisonValue // itself, or a boolean
  if (type !== 'integer' && type !== 'decimal') return undefined
  return readStringNumber(type, literal, path, reading) as ComparisonValue // itself, or a number
}
