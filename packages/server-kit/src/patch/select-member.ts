import { findAttribute, foldCase, type ResourceDefinition, type SchemaDefinition } from '@scimkit/core/schema'
import { ignoreNote } from '../compatibility/note.js'
import { readAttributePath } from '../compatibility/read-attribute-path.js'
import { allows, type Reading } from '../compatibility/reading.js'
import { patchError } from './patch-error.js'
import { rememberTarget } from './remember-target.js'
import type { PatchTarget } from './select-target.js'

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
export function selectMember(definition: ResourceDefinition, key: string, reading: Reading): PatchTarget | undefined {
  if (!isKnown(definition, key, reading)) return undefined
  const target = rememberTarget(definition, key, reading)
  // The name of a container is a URN, which looks like a path.
  if (!target.attribute || !/[.:[]/.test(key)) return target
  if (allows(reading, 'dottedKeys', target.path, 'the name of a member was read as a path')) return target
  throw patchError('invalidPath', `${target.path} is a path, which a value without path cannot hold as a name`)
}

/** A name is known when that before the brackets is; what stands in them is a matter of the path. */
function isKnown(definition: ResourceDefinition, key: string, { rules }: Reading): boolean {
  const bracket = key.indexOf('[')
  const name = bracket < 0 ? key : key.slice(0, bracket)
  if (findAttribute(definition, name)) return true
  const colon = readAttributePath(definition, name, { rules, onNote: ignoreNote })
  return colon !== name && findAttribute(definition, colon) !== undefined
}

/**
 * Finds an attribute inside an extension's container.
 *
 * @param definition Definition whose schemas name the attributes.
 * @param extension Extension of the container.
 * @param key Name of the member, or by rule `dottedKeys` a path below the container.
 * @param reading Rules and the receiver of notes.
 * @returns The target; `undefined` when the extension has no such attribute.
 */
export function selectInside(
  definition: ResourceDefinition,
  extension: SchemaDefinition,
  key: string,
  reading: Reading,
): PatchTarget | undefined {
  const attribute = extension.index.get(foldCase(key))
  const path = `${extension.id}:${key}`
  if (attribute) return { path, extension, attribute }
  return /[.[]/.test(key) ? selectMember(definition, path, reading) : undefined
}
