import type { ResourceDefinition } from '../resource/resource-definition.js'
import { ScimError } from '../scim-error.js'
import { foldCase } from '../text/fold-case.js'
import type { Attribute } from './attribute.js'
import { type AttributeIndex, subAttributeIndex } from './schema-definition.js'

/** A resource in schema spelling, and what no schema knows. */
export interface CanonicalNames {
  /** The same reference as the input when every name was in schema spelling already. */
  readonly resource: Readonly<Record<string, unknown>>
  /** Paths of unknown attributes, as they were written; they are kept, `__proto__` alone is dropped. */
  readonly unknown: readonly string[]
}

/** What a name means at one level of a resource. */
type NameLookup = (foldedName: string) => KnownName | undefined

interface KnownName {
  readonly name: string
  /** Names one level below. */
  readonly inside?: NameLookup | undefined
  /** What stands between this name and one below it. */
  readonly separator?: ':' | '.'
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
  const resource = renameMembers(body as Readonly<Record<string, unknown>>, rootNames(definition), '', unknown)
  return { resource, unknown }
}

function rootNames(definition: ResourceDefinition): NameLookup {
  return (folded) => {
    const target = definition.index.get(folded)
    if (!target) return undefined
    if (!target.attribute) {
      return target.extension && { name: target.extension.id, inside: namesOf(target.extension.index), separator: ':' }
    }
    // Qualified names and bare extension attributes are paths, not members of a body (RFC 7643 §3.3).
    return target.extension || folded.includes(':') ? undefined : nameOf(target.attribute)
  }
}

function namesOf(index: AttributeIndex): NameLookup {
  return (folded) => {
    const attribute = index.get(folded)
    return attribute && nameOf(attribute)
  }
}

function nameOf(attribute: Attribute): KnownName {
  return { name: attribute.name, ...(attribute.subAttributes && { inside: namesOf(subAttributeIndex(attribute)) }) }
}

function renameMembers(
  given: Readonly<Record<string, unknown>>,
  lookup: NameLookup,
  prefix: string,
  unknown: string[],
): Readonly<Record<string, unknown>> {
  const renamed: Record<string, unknown> = {}
  let changed = false
  for (const key of Object.keys(given)) {
    const value = given[key]
    const found = lookup(foldCase(key))
    if (!found) unknown.push(prefix + key)
    if (key === '__proto__') {
      changed = true
      continue
    }
    const name = found?.name ?? key
    if (Object.hasOwn(renamed, name)) {
      throw new ScimError(400, `${prefix}${name} is given twice in different spelling; give it once`, {
        scimType: 'invalidSyntax',
      })
    }
    renamed[name] = found?.inside
      ? renameValue(value, found.inside, `${prefix}${name}${found.separator ?? '.'}`, unknown)
      : value
    changed ||= name !== key || renamed[name] !== value
  }
  return changed ? renamed : given
}

function renameValue(value: unknown, inside: NameLookup, prefix: string, unknown: string[]): unknown {
  if (Array.isArray(value)) {
    const elements = value.map((element) => renameObject(element, inside, prefix, unknown))
    return elements.every((element, index) => element === value[index]) ? value : elements
  }
  return renameObject(value, inside, prefix, unknown)
}

function renameObject(value: unknown, inside: NameLookup, prefix: string, unknown: string[]): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return renameMembers(value as Readonly<Record<string, unknown>>, inside, prefix, unknown)
}
