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
import { readElement } from './read-value.js'
import type { LocatedAttribute, Reading } from './reading.js'

/**
 * Brings the literals of a filter into the types of their attributes where a rule allows it: `"True"` compared with a
 * boolean attribute becomes `true`, `"42"` compared with an integer or decimal one becomes the number.
 *
 * @param filter Parsed filter.
 * @param definition Definition whose schemas name the attributes.
 * @param reading Rules and the receiver of notes.
 * @returns The filter; the same reference when no rule was needed.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2.2
 */
export function coerceFilter(filter: Filter, definition: ResourceDefinition, reading: Reading): Filter {
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
    const attribute = comparedAttribute(definition, node.path)
    return attribute ? coerceComparison(node, { attribute, path: stringifyPath(node.path) }, reading) : node
  })
}

/**
 * Brings the literals of a filter in brackets into the types of the sub-attributes.
 *
 * @param filter Parsed filter whose names are bare sub-attributes.
 * @param attribute Attribute before the brackets.
 * @param reading Rules and the receiver of notes.
 * @returns The filter; the same reference when no rule was needed.
 */
export function coerceElementFilter(filter: Filter, attribute: Attribute, reading: Reading): Filter {
  return mapFilter(filter, (node) => {
    if (node.kind !== 'comparison') return node
    const { name } = node.path
    const compared = attribute.subAttributes ? subAttributeIndex(attribute).get(foldCase(name)) : attribute
    return compared
      ? coerceComparison(node, { attribute: compared, path: `${attribute.name}[${name}]` }, reading)
      : node
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

function coerceComparison(node: ComparisonFilter, compared: LocatedAttribute, reading: Reading): Filter {
  if (compared.attribute.type === 'complex') return node
  const value = readElement(compared, node.value, reading) as ComparisonValue // itself, a boolean or a number
  return value === node.value ? node : Object.freeze({ ...node, value })
}
