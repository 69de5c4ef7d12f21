import type { ResourceDefinition } from './resource-definition.js'
import { ScimError } from '../scim-error.js'
import { findKnownName, type KnownName, type KnownNames, knownNames } from './known-names.js'

/** A resource in schema spelling, and what no schema knows. */
export interface CanonicalNames {
  /** The same reference as the input when every name was in schema spelling already. */
  readonly resource: Readonly<Record<string, unknown>>
  /** Paths of unknown attributes, as they were written; they are kept, `__proto__` alone is dropped. */
  readonly unknown: readonly string[]
}

type Members = Readonly<Record<string, unknown>>

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
  const resource = renameMembers(body as Members, { names: knownNames(definition), prefix: '', unknown })
  return { resource, unknown }
}

/** Copies only from the first difference on: most bodies are in schema spelling. */
function renameMembers(given: Members, place: Place): Members {
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

function copyMembers(given: Members, keys: readonly string[]): Record<string, unknown> {
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
  if (!Array.isArray(value)) return renameMembers(value as Members, place)
  let renamed: unknown[] | undefined
  for (let position = 0; position < value.length; position++) {
    const element: unknown = value[position]
    const after = isMembers(element) ? renameMembers(element, place) : element
    if (after !== element) renamed ??= value.slice(0, position)
    renamed?.push(after)
  }
  return renamed ?? value
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
