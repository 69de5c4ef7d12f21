import {
  type Attribute,
  findAttribute,
  foldCase,
  type ResourceDefinition,
  type SchemaDefinition,
} from '@scimkit/core/schema'
import { FilterSyntaxError, type PatchPath, parsePath } from '@scimkit/filter-parser'
import { badRequest } from '../bad-request.js'
import { hintColon, readAttributePath, toParseOptions } from '../compatibility/read-path.js'
import { ignoreNote, type Note, type Reading, tolerate } from '../compatibility/reading.js'
import type { CompatibilityRules } from '../compatibility/resolve-compatibility.js'
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
 * @param path Path as a string.
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
  if (!target) {
    const hint = hintColon(definition, label)
    throw badRequest('invalidPath', `${label} is not an attribute of ${definition.name}${hint}`)
  }
  if (!parsed.filter) return target
  if (!target.attribute?.multiValued) {
    throw badRequest('invalidPath', `${label}: only a multi-valued attribute can have a filter in brackets`)
  }
  const filter = selectElements(definition, { ...target, filter: parsed.filter }, reading)
  checkElementTarget(target, reading)
  return { ...target, filter }
}

/** Rule `elementTargets`: a path may end in a filter, and then names whole elements. */
function checkElementTarget({ subAttribute, path }: AttributeSelection, { rules }: Reading): void {
  if (!subAttribute && !rules.elementTargets) throw badRequest('invalidPath', `${path} must end in a sub-attribute`)
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
    throw badRequest(error.scimType, `path ${error.detail}`, error)
  }
}

/**
 * Finds what a member of a path-less value leads to. Rule `dottedKeys`: the name may be any path, such as
 * `name.givenName` or `urn:…:User:department`.
 *
 * @param definition Definition whose schemas name the attributes.
 * @param key Name of the member.
 * @param reading Rules and the receiver of notes.
 * @returns The target; `undefined` when no schema knows the name.
 * @throws {ScimError} As `selectTarget` for what is in brackets; `invalidPath` for a path where the rule is off.
 */
export function findNamedTarget(
  definition: ResourceDefinition,
  key: string,
  reading: Reading,
): PatchTarget | undefined {
  if (!isKnown(definition, key, reading)) return undefined
  const target = findTarget(definition, key, reading)
  // The name of a container is a URN, which looks like a path.
  if (!target.attribute || !/[.:[]/.test(key)) return target
  if (tolerate(reading, { rule: 'dottedKeys', path: target.path, detail: 'the name of a member was read as a path' }))
    return target
  throw badRequest('invalidPath', `${target.path} is a path, which a value without path cannot hold as a name`)
}

/** A name is known when that before the brackets is; what is in them is checked as part of the path. */
function isKnown(definition: ResourceDefinition, key: string, { rules }: Reading): boolean {
  const bracket = key.indexOf('[')
  const name = bracket < 0 ? key : key.slice(0, bracket)
  if (findAttribute(definition, name)) return true
  const colon = readAttributePath(definition, name, { rules, onNote: ignoreNote })
  return colon !== name && findAttribute(definition, colon) !== undefined
}

/**
 * Finds what a name in an extension's container leads to.
 *
 * @param definition Definition whose schemas name the attributes.
 * @param named Extension of the container, and name in it: an attribute, or by rule `dottedKeys` a path below it.
 * @param reading Rules and the receiver of notes.
 * @returns The target; `undefined` when the extension has no such attribute.
 */
export function findTargetInside(
  definition: ResourceDefinition,
  { extension, key }: { readonly extension: SchemaDefinition; readonly key: string },
  reading: Reading,
): PatchTarget | undefined {
  const attribute = extension.index.get(foldCase(key))
  const path = `${extension.id}:${key}`
  if (attribute) return { path, extension, attribute }
  return /[.[]/.test(key) ? findNamedTarget(definition, path, reading) : undefined
}

/** A target with the notes that reading its path took. */
interface Remembered {
  readonly target: PatchTarget
  readonly notes: readonly Note[]
}

/** Paths that are kept for each definition; at the limit all are forgotten. */
const maxPaths = 256
/** Longest path that is kept, in UTF-16 units. */
const maxPathLength = 256

const targets = new WeakMap<ResourceDefinition, WeakMap<CompatibilityRules, Map<string, Remembered>>>()

/**
 * Finds what a path leads to as `selectTarget` does, once for each path: providers send the same few over and over.
 *
 * A path whose filter compares a `value`, such as the id of a member, is not kept, since it hardly comes twice.
 *
 * @param definition Definition whose schemas name the attributes.
 * @param path Path as a string.
 * @param reading Rules and the receiver of notes, which are given anew each time.
 * @returns The target.
 * @throws {ScimError} As `selectTarget`.
 */
export function findTarget(definition: ResourceDefinition, path: string, reading: Reading): PatchTarget {
  const paths = pathsOf(definition, reading.rules)
  const known = paths.get(path)
  if (known) {
    for (const note of known.notes) reading.onNote(note)
    return known.target
  }
  const notes: Note[] = []
  const onNote = (note: Note) => {
    notes.push(note)
    reading.onNote(note)
  }
  const target = selectTarget(definition, path, { rules: reading.rules, onNote })
  if (path.length > maxPathLength || (target.attribute && target.filter?.namesValue)) return target
  if (paths.size >= maxPaths) paths.clear()
  paths.set(path, { target, notes })
  return target
}

function pathsOf(definition: ResourceDefinition, rules: CompatibilityRules): Map<string, Remembered> {
  const byRules = targets.get(definition) ?? new WeakMap<CompatibilityRules, Map<string, Remembered>>()
  const paths = byRules.get(rules) ?? new Map<string, Remembered>()
  if (paths.size === 0) targets.set(definition, byRules.set(rules, paths))
  return paths
}
