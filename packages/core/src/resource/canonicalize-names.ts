import { isObject, type JsonObject } from '../json.js'
import type { Attribute } from '../schema/attribute.js'
import { withCommonAttributes } from '../schema/common-attributes.js'
import { ScimError } from '../scim-error.js'
import { foldCase } from '../text/fold-case.js'
import type { ResourceDefinition } from './resource-definition.js'

/** A resource in schema spelling, and what no schema knows. */
export interface CanonicalNames {
  /** The same reference as the input when every name was in schema spelling already. */
  readonly resource: JsonObject
  /** Paths of unknown attributes, as they were written; they are kept, `__proto__` alone is dropped. */
  readonly unknown: readonly string[]
}

/** A name that a body may have at one level. */
interface KnownName {
  /** In schema spelling. */
  readonly name: string
  /** Names one level below. */
  readonly inside?: KnownNames | undefined
  /** What stands between this name and one below it in a path. */
  readonly separator: ':' | '.'
}

/** Names of one level, by their schema spelling and folded. */
type KnownNames = ReadonlyMap<string, KnownName>

/** Where names are renamed: what is known there, the path to it, and where unknown names go. */
interface Place {
  readonly names: KnownNames
  readonly prefix: string
  readonly unknown: string[]
}

/**
 * Brings the attribute names of a resource into schema spelling, extension URNs and sub-attributes included. It is
 * done once at the edge; everything behind it compares names as they are.
 *
 * @param definition Definition whose schemas name the attributes.
 * @param body A resource as it came over the wire.
 * @returns The renamed resource and the names that no schema knows.
 * @throws {ScimError} 400 `invalidSyntax` when an attribute is given twice in different spelling.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.1
 */
export function canonicalizeNames(definition: ResourceDefinition, body: object): CanonicalNames {
  const unknown: string[] = []
  const resource = renameMembers(body as JsonObject, { names: knownNames(definition), prefix: '', unknown })
  return { resource, unknown }
}

/** Copies only from the first difference on: most bodies are in schema spelling. */
function renameMembers(given: JsonObject, place: Place): JsonObject {
  const keys = Object.keys(given)
  let renamed: Record<string, unknown> | undefined
  for (let position = 0; position < keys.length; position++) {
    const key = keys[position] as string // the position is within the list
    const known = findKnownName(place.names, key)
    if (!known) place.unknown.push(place.prefix + key)
    const name = known?.name ?? key
    const value = given[key]
    const after = known?.inside ? renameValue(value, known, known.inside, place) : value
    if (name === key && after === value && key !== '__proto__') {
      if (renamed) renamed[name] = value
      continue
    }
    renamed ??= copyMembers(given, keys.slice(0, position))
    if (key === '__proto__') continue
    if (name !== key && (Object.hasOwn(renamed, name) || Object.hasOwn(given, name))) {
      throw givenTwice(place.prefix + name)
    }
    renamed[name] = after
  }
  return renamed ?? given
}

function copyMembers(given: JsonObject, keys: readonly string[]): Record<string, unknown> {
  const copy: Record<string, unknown> = {}
  for (const key of keys) copy[key] = given[key]
  return copy
}

function givenTwice(path: string): ScimError {
  const detail = `${path} is given twice in different spelling; give it once`
  return new ScimError(400, detail, { scimType: 'invalidSyntax' })
}

function renameValue(value: unknown, known: KnownName, names: KnownNames, { prefix, unknown }: Place): unknown {
  if (typeof value !== 'object' || value === null) return value
  const place = { names, prefix: `${prefix}${known.name}${known.separator}`, unknown }
  if (!Array.isArray(value)) return renameMembers(value as JsonObject, place)
  let renamed: unknown[] | undefined
  for (let position = 0; position < value.length; position++) {
    const element: unknown = value[position]
    const after = isObject(element) ? renameMembers(element, place) : element
    if (after !== element) renamed ??= value.slice(0, position)
    renamed?.push(after)
  }
  return renamed ?? value
}

const tables = new WeakMap<ResourceDefinition, KnownNames>()

/**
 * The names that the body of a resource may have: attributes and the URNs of extensions. Qualified names are paths, no
 * members of a body (RFC 7643 §3.3).
 *
 * @param definition Definition whose schemas name the attributes.
 * @returns The names, made once for each definition.
 */
function knownNames(definition: ResourceDefinition): KnownNames {
  const known = tables.get(definition)
  if (known) return known
  const names = namesOf(withCommonAttributes(definition.schema.attributes))
  for (const { extension } of definition.extensions) {
    add(names, { name: extension.urn, inside: namesOf(extension.schema.attributes), separator: ':' })
  }
  tables.set(definition, names)
  return names
}

/**
 * Finds a name without regard to case.
 *
 * @param names Names of the level.
 * @param name Name as it was written; schema spelling is found fastest.
 * @returns The known name, or `undefined` when no schema has it.
 */
function findKnownName(names: KnownNames, name: string): KnownName | undefined {
  return names.get(name) ?? names.get(foldCase(name))
}

function namesOf(attributes: readonly Attribute[]): Map<string, KnownName> {
  const names = new Map<string, KnownName>()
  for (const { name, subAttributes } of attributes) {
    add(names, { name, inside: subAttributes && namesOf(subAttributes), separator: '.' })
  }
  return names
}

function add(names: Map<string, KnownName>, known: KnownName): void {
  names.set(known.name, known).set(foldCase(known.name), known)
}
