import { type Attribute, findAttribute, type ResourceDefinition, type SchemaDefinition } from '@scimkit/core/schema'
import { FilterSyntaxError, type PatchPath, parsePath } from '@scimkit/filter-parser'
import { hintColon, readAttributePath } from '../compatibility/read-attribute-path.js'
import type { Reading } from '../compatibility/reading.js'
import { toParseOptions } from '../compatibility/to-parse-options.js'
import { patchError } from './patch-error.js'
import { type ElementFilter, selectElements } from './select-elements.js'

/** An attribute that an operation addresses. */
export interface AttributeSelection {
  /** Path as it was written, without what is in brackets; names the target in errors and notes. */
  readonly path: string
  /** Extension whose container holds the attribute; absent at the root. */
  readonly extension?: SchemaDefinition | undefined
  readonly attribute: Attribute
  /** Elements of a multi-valued attribute; absent for all. */
  readonly filter?: ElementFilter | undefined
  readonly subAttribute?: Attribute | undefined
}

/** The container of an extension as a whole. */
export interface ExtensionSelection {
  readonly path: string
  readonly extension: SchemaDefinition
  readonly attribute?: undefined
}

/** What the path of an operation leads to. */
export type PatchTarget = AttributeSelection | ExtensionSelection

/**
 * Finds what the path of an operation leads to. Nothing but the definition is asked, so that no path can reach
 * anything that is not an attribute.
 *
 * @param definition Definition whose schemas name the attributes.
 * @param path Text of the path.
 * @param reading Rules and the receiver of notes.
 * @returns The target.
 * @throws {ScimError} 400 `invalidPath` when it is malformed or unknown, `invalidFilter` for what is in brackets.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export function selectTarget(definition: ResourceDefinition, path: string, reading: Reading): PatchTarget {
  const known = toTarget(definition, path, path)
  if (known) return known
  const colon = readAttributePath(definition, path, reading)
  const plain = colon === path ? undefined : toTarget(definition, colon, colon)
  if (plain) return plain
  const parsed = parse(colon, reading)
  const label = labelOf(parsed)
  const target = toTarget(definition, parsed, label)
  if (!target)
    throw patchError('invalidPath', `${label} is no attribute of ${definition.name}${hintColon(definition, label)}`)
  if (!parsed.filter) return target
  if (!target.attribute?.multiValued) {
    throw patchError('invalidPath', `${label}: only a multi-valued attribute can have a filter in brackets`)
  }
  return { ...target, filter: selectElements(definition, target, parsed.filter, reading) }
}

function toTarget(definition: ResourceDefinition, named: PatchPath | string, path: string): PatchTarget | undefined {
  const found = findAttribute(definition, named)
  return found && ({ path, ...found } as PatchTarget) // it has an attribute, or else an extension
}

/** What a filter compares with may be personal data, so it is not part of what errors and notes show. */
function labelOf({ urn, name, filter, subAttribute }: PatchPath): string {
  const bracket = filter ? '[…]' : ''
  const text = `${urn === undefined ? '' : `${urn}:`}${name}${bracket}${subAttribute === undefined ? '' : `.${subAttribute}`}`
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}

function parse(path: string, reading: Reading): PatchPath {
  try {
    return parsePath(path, toParseOptions('path', reading))
  } catch (error) {
    if (!FilterSyntaxError.is(error)) throw error
    throw patchError(error.scimType, `path ${error.detail}`, error)
  }
}
