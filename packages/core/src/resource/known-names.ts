import { withCommonAttributes } from '../schema/common-attributes.js'
import type { ResourceDefinition } from './resource-definition.js'
import { foldCase } from '../text/fold-case.js'
import type { Attribute } from '../schema/attribute.js'

/** A name that a body may have at one level. */
export interface KnownName {
  /** In schema spelling. */
  readonly name: string
  /** Names one level below. */
  readonly inside?: KnownNames | undefined
  /** What stands between this name and one below it in a path. */
  readonly separator: ':' | '.'
}

/** Names of one level, by their schema spelling and folded. */
export type KnownNames = ReadonlyMap<string, KnownName>

const tables = new WeakMap<ResourceDefinition, KnownNames>()

/**
 * The names that the body of a resource may have: attributes and the URNs of extensions. Qualified names are paths, no
 * members of a body (RFC 7643 §3.3).
 *
 * @param definition Definition whose schemas name the attributes.
 * @returns The names, made once for each definition.
 */
export function knownNames(definition: ResourceDefinition): KnownNames {
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
export function findKnownName(names: KnownNames, name: string): KnownName | undefined {
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
