import { type JsonObject, subAttributeIndex } from '@scimkit/core/internal'
import { type Attribute, foldCase, type ResourceDefinition, type SchemaDefinition } from '@scimkit/core/schema'
import { attributesOf, type ComparisonFilter, compileFilter, type Filter } from '@scimkit/filter-parser'
import { badRequest } from '../bad-request.js'
import { coerceElementFilter } from '../compatibility/coerce-filter.js'
import type { LocatedAttribute, Reading } from '../compatibility/reading.js'

/** Elements of a multi-valued attribute, as a filter in brackets selects them. */
export interface ElementFilter {
  readonly filter: Filter
  /** Whether an element is selected. */
  readonly matches: (element: unknown) => boolean
  /** Folded names of sub-attributes in `eq` terms: a replaced element keeps those that the new value leaves out. */
  readonly identifying: readonly string[]
  /** Number of terms. */
  readonly terms: number
  /** Whether a term is about `value`, which tells single elements apart. */
  readonly namesValue: boolean
  /** The element that the filter describes; absent when it is more than `eq` terms joined by `and`. */
  readonly described?: JsonObject | undefined
}

/** A multi-valued attribute with a filter in brackets behind it. */
export interface BracketedAttribute extends LocatedAttribute {
  readonly extension?: SchemaDefinition | undefined
  /** Parsed filter whose names are bare sub-attributes. */
  readonly filter: Filter
}

/**
 * Makes the selection of a filter in brackets.
 *
 * @param definition Definition whose schemas name the attributes.
 * @param bracketed Multi-valued attribute with its filter.
 * @param reading Rules and the receiver of notes.
 * @returns The selection.
 * @throws {ScimError} 400 `invalidPath` for an unknown sub-attribute, `invalidFilter` for a term that its type forbids.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export function selectElements(
  definition: ResourceDefinition,
  bracketed: BracketedAttribute,
  reading: Reading,
): ElementFilter {
  const { path, attribute, filter } = bracketed
  const names = attributesOf(filter).map(({ name }) => name)
  for (const name of names) {
    if (!findInElement(attribute, name)) {
      throw badRequest('invalidPath', `${path}: ${name} is not a sub-attribute of ${attribute.name}`)
    }
  }
  const coerced = coerceElementFilter(filter, attribute, reading)
  const matches = compileElementTest(definition, { ...bracketed, filter: coerced })
  const identifying = equalities(coerced).map((term) => foldCase(term.path.name))
  const namesValue = names.some((name) => foldCase(name) === 'value')
  const described = describeElement(attribute, coerced, matches)
  return { filter: coerced, matches, identifying, terms: countTerms(coerced), namesValue, described }
}

/** For a simple attribute `value` is the element itself. */
function findInElement(attribute: Attribute, name: string): Attribute | undefined {
  const folded = foldCase(name)
  if (attribute.type === 'complex') return subAttributeIndex(attribute).get(folded)
  return folded === 'value' ? attribute : undefined
}

/** The filter compiler tests resources, so an element is shown to it as the only one of a resource. */
function compileElementTest(
  definition: ResourceDefinition,
  { extension, attribute, filter }: BracketedAttribute,
): (element: unknown) => boolean {
  const path = extension ? { urn: extension.id, name: attribute.name } : { name: attribute.name }
  const selects = compileFilter({ kind: 'valuePath', path, filter }, definition)
  const list: unknown[] = []
  const holder = { [attribute.name]: list }
  const shown = extension ? { [extension.id]: holder } : holder
  return (element) => {
    list[0] = element
    const isSelected = selects(shown)
    list[0] = undefined // nothing of a resource outlives its request
    return isSelected
  }
}

function countTerms(filter: Filter): number {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.filters.reduce((sum, inner) => sum + countTerms(inner), 0)
    case 'not':
    case 'valuePath':
      return countTerms(filter.filter)
    default:
      return 1
  }
}

function equalities(filter: Filter): readonly ComparisonFilter[] {
  if (filter.kind === 'comparison') return filter.operator === 'eq' ? [filter] : []
  return filter.kind === 'and' || filter.kind === 'or' ? filter.filters.flatMap(equalities) : []
}

function describeElement(
  attribute: Attribute,
  filter: Filter,
  matches: (element: unknown) => boolean,
): JsonObject | undefined {
  const element: Record<string, unknown> = {}
  for (const term of filter.kind === 'and' ? filter.filters : [filter]) {
    const named = term.kind === 'comparison' && term.operator === 'eq' && findInElement(attribute, term.path.name)
    if (!named || named.multiValued || named.mutability === 'readOnly') return undefined
    element[named.name] = term.value
  }
  // Terms that contradict each other, or compare with null, describe no element.
  return matches(element) && !Object.values(element).includes(null) ? element : undefined
}
