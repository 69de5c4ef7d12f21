import { nearestName, subAttributeIndex } from '@scimkit/core/internal'
import {
  type Attribute,
  type AttributePath,
  type AttributeTarget,
  findAttribute,
  foldCase,
  type ResourceDefinition,
  ScimError,
} from '@scimkit/core/schema'
import type { ComparisonOperator, ComparisonValue } from '../ast.js'
import { stringifyPath } from '../stringify.js'
import { readInstant } from './compare-instants.js'
import type { ResolveOptions } from './compile-options.js'

/** Where the values of a path are, and what they are. */
export interface ResolvedAttribute {
  /** URN of the container, in its registered spelling; absent for attributes at the root. */
  readonly container?: string | undefined
  /** Attribute of the container or root; absent when the path names an extension as a whole. */
  readonly attribute?: Attribute | undefined
  /** Sub-attribute that is meant, also when the path leaves it to the default `value`. */
  readonly subAttribute?: Attribute | undefined
  /** Of what is compared: `subAttribute`, else `attribute`. Absent when only presence can be tested. */
  readonly compared?: Attribute | undefined
}

/**
 * Finds what the path of a filter's term leads to.
 *
 * @param definition Definition whose schemas name the attributes.
 * @param path Path of the term.
 * @param options What to do with unknown attributes.
 * @returns The attribute; `undefined` when it is unknown and that is allowed.
 * @throws {ScimError} 400 `invalidFilter` when it is unknown and that is refused.
 */
export function resolveAttribute(
  definition: ResourceDefinition,
  path: AttributePath,
  options: ResolveOptions = {},
): ResolvedAttribute | undefined {
  const target = findAttribute(definition, path) ?? findElement(definition, path)
  if (!target) {
    const name = stringifyPath(path)
    return refuseUnknown(name, name, [...knownPaths(definition)], options)
  }
  const container = target.extension?.id
  const { attribute } = target
  if (!attribute) return { container }
  const subAttribute = target.subAttribute ?? subAttributeIndex(attribute).get('value')
  const compared = subAttribute ?? (attribute.type === 'complex' ? undefined : attribute)
  return { container, attribute, subAttribute, compared }
}

/** `tags.value` of a simple list is what `tags[value eq "x"]` asks: the element itself. */
function findElement(definition: ResourceDefinition, path: AttributePath): AttributeTarget | undefined {
  if (path.subAttribute === undefined || foldCase(path.subAttribute) !== 'value') return undefined
  const target = findAttribute(definition, { ...path, subAttribute: undefined })
  const { attribute } = target ?? {}
  return attribute?.multiValued && attribute.type !== 'complex' ? target : undefined
}

/**
 * Finds what a name inside brackets means: a sub-attribute, or for a simple attribute the element itself.
 *
 * @param outer Attribute before the brackets.
 * @param path Bare name.
 * @param options What to do with unknown attributes.
 * @returns The attribute of the element, or the outer one for `value` of a simple attribute.
 * @throws {ScimError} 400 `invalidFilter` when it is unknown and that is refused.
 */
export function resolveElementAttribute(
  outer: Attribute,
  path: AttributePath,
  options: ResolveOptions = {},
): Attribute | undefined {
  const name = foldCase(path.name)
  const bare = path.urn === undefined && path.subAttribute === undefined
  const found = outer.type === 'complex' ? subAttributeIndex(outer).get(name) : name === 'value' ? outer : undefined
  if (found && bare) return found
  const known = outer.type === 'complex' ? [...subAttributeIndex(outer).values()].map((sub) => sub.name) : ['value']
  return refuseUnknown(`${outer.name}[${stringifyPath(path)}]`, stringifyPath(path), known, options)
}

/**
 * Finds the attribute before brackets.
 *
 * @param definition Definition whose schemas name the attributes.
 * @param path Path before the brackets.
 * @param options What to do with unknown attributes.
 * @returns The attribute with its container; `undefined` when it is unknown and that is allowed.
 * @throws {ScimError} 400 `invalidFilter` when it has no elements or is never returned.
 */
export function resolveBracketed(
  definition: ResourceDefinition,
  path: AttributePath,
  options: ResolveOptions = {},
): { readonly container?: string | undefined; readonly attribute: Attribute } | undefined {
  const found = resolveAttribute(definition, path, options)
  if (!found) return undefined
  const { attribute, container } = found
  if (!attribute || path.subAttribute !== undefined || !(attribute.multiValued || attribute.type === 'complex')) {
    return refuse(`${stringifyPath(path)} has no elements, so no brackets can follow it`)
  }
  if (attribute.returned === 'never') return refuse(`${stringifyPath(path)} is never returned; only pr can be asked`)
  return { container, attribute }
}

/**
 * Checks that a comparison is one that the attribute's type allows, and brings the literal into the type.
 *
 * @param attribute What is compared.
 * @param path Path as it is named in errors.
 * @param operator Operator of the comparison.
 * @param value Literal of the comparison.
 * @param options Whether texts may stand for booleans.
 * @returns The literal, a boolean where `stringBooleans` made it one.
 * @throws {ScimError} 400 `invalidFilter` when the operator or the literal does not fit the type.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2.2
 */
export function checkComparison(
  attribute: Attribute | undefined,
  path: AttributePath,
  operator: ComparisonOperator,
  value: ComparisonValue,
  options: ResolveOptions = {},
): ComparisonValue {
  const name = stringifyPath(path)
  if (!attribute) return refuse(`${name} has no value of its own; name a sub-attribute, or ask ${name} pr`)
  if (attribute.returned === 'never') return refuse(`${name} is never returned; only pr can be asked`)
  const { type } = attribute
  if (operator !== 'eq' && operator !== 'ne') {
    const ordered = operator === 'gt' || operator === 'ge' || operator === 'lt' || operator === 'le'
    const allowed = ordered ? type !== 'boolean' && type !== 'binary' : type === 'string' || type === 'reference'
    if (!allowed) return refuse(`${name} is of type ${type}, which ${operator} cannot compare`)
    if (value === null) return refuse(`${name} ${operator} null has no meaning`)
  }
  if (value === null) return null
  const literal = type === 'boolean' && options.stringBooleans ? readBoolean(value) : value
  const wanted = type === 'boolean' ? 'boolean' : type === 'integer' || type === 'decimal' ? 'number' : 'string'
  const fits = typeof literal === wanted && (type !== 'dateTime' || readInstant(literal) !== undefined)
  if (!fits) return refuse(`${name} must be compared with a ${type === 'dateTime' ? 'dateTime' : wanted}`)
  return literal
}

function readBoolean(value: ComparisonValue): ComparisonValue {
  if (typeof value !== 'string') return value
  const folded = foldCase(value)
  return folded === 'true' ? true : folded === 'false' ? false : value
}

function refuseUnknown(shown: string, name: string, known: readonly string[], options: ResolveOptions): undefined {
  if (options.unknownAttribute !== 'refuse') return undefined
  const nearest = nearestName(name, known)
  return refuse(`${shown} is not an attribute${nearest === undefined ? '' : `; did you mean ${nearest}?`}`)
}

function* knownPaths(definition: ResourceDefinition): Iterable<string> {
  for (const { extension, attribute } of new Set(definition.index.values())) {
    const urn = extension && `${extension.id}${attribute ? ':' : ''}`
    const path = `${urn ?? ''}${attribute?.name ?? ''}`
    yield path
    for (const sub of attribute?.subAttributes ?? []) yield `${path}.${sub.name}`
  }
}

function refuse(detail: string): never {
  throw new ScimError(400, detail, { scimType: 'invalidFilter' })
}
