import type { CanonicalNames, ResourceDefinition } from '@scimkit/core/schema'
import { patchError } from '../patch/patch-error.js'
import { sameJson } from '../patch/same-json.js'
import { selectInside, selectMember } from '../patch/select-member.js'
import type { AttributeSelection } from '../patch/select-target.js'
import { isMembers, type Members } from '../patch/write-member.js'
import { allows, type Reading } from './reading.js'

/**
 * Rule `dottedKeys` for the body of a POST or PUT: puts the value of a key that is a path, such as `name.givenName` or
 * `urn:…:User:department`, where the path leads. A value that a path-less PATCH would write is never lost.
 *
 * @param definition Definition whose schemas name the attributes.
 * @param named Body in schema spelling, and the names that no schema knows; paths are among them.
 * @param reading Rules and the receiver of notes.
 * @returns The body; the same reference when no key was a path.
 * @throws {ScimError} 400 `invalidPath` where the rule is off, `invalidSyntax` when a value is given twice.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.10
 */
export function expandKeys(
  definition: ResourceDefinition,
  { resource, unknown }: CanonicalNames,
  reading: Reading,
): Members {
  let expanded = resource
  for (const key of unknown) {
    // A bare name is not a path: in a body, attributes of an extension stand in its container (RFC 7643 §3.3).
    if (!Object.hasOwn(resource, key) || !/[.:[]/.test(key)) continue
    const target = selectMember(definition, key, reading)
    if (target?.attribute) expanded = move(expanded, key, target, reading)
  }
  for (const { extension } of definition.extensions) {
    const container = expanded[extension.urn]
    if (!isMembers(container)) continue
    for (const key of Object.keys(container)) {
      if (!unknown.includes(`${extension.urn}:${key}`)) continue
      const target = selectInside(definition, extension.schema, key, reading)
      if (!target?.attribute) continue
      const { [key]: value, ...rest } = expanded[extension.urn] as Members // it was one before
      expanded = place({ ...expanded, [extension.urn]: rest }, target, value, reading)
    }
  }
  return expanded
}

function move(resource: Members, key: string, target: AttributeSelection, reading: Reading): Members {
  const { [key]: value, ...rest } = resource
  return place(rest, target, value, reading)
}

function place(resource: Members, target: AttributeSelection, value: unknown, reading: Reading): Members {
  const { extension, attribute, path } = target
  if (!extension)
    return set(resource, attribute.name, insideOf(resource[attribute.name], target, value, reading), target)
  const container = resource[extension.id] ?? {}
  if (!isMembers(container)) throw givenTwice(path)
  const next = insideOf(container[attribute.name], target, value, reading)
  return { ...resource, [extension.id]: set(container, attribute.name, next, target) }
}

/** What a path goes into may be there already, and grows; a value may not be given in two ways. */
function set(
  members: Members,
  name: string,
  value: unknown,
  { filter, subAttribute, path }: AttributeSelection,
): Members {
  const isGrown = filter !== undefined || subAttribute !== undefined
  if (!isGrown && Object.hasOwn(members, name) && !sameJson(members[name], value)) throw givenTwice(path)
  return { ...members, [name]: value }
}

function insideOf(current: unknown, target: AttributeSelection, value: unknown, reading: Reading): unknown {
  const { attribute, filter, path } = target
  if (filter) return insideElement(current, target, value, reading)
  if (!target.subAttribute) return value
  if (!attribute.multiValued) return withPart(current ?? {}, target, value)
  const list = listAt(current, path)
  if (list.length > 1) throw patchError('invalidPath', `${path} does not say which element is meant`)
  return [withPart(list[0] ?? {}, target, value)]
}

function insideElement(current: unknown, target: AttributeSelection, value: unknown, reading: Reading): unknown {
  const { filter, path } = target
  const list = listAt(current, path)
  const at = list.findIndex((element) => filter?.matches(element))
  if (at >= 0) return list.with(at, withPart(list[at], target, value))
  const detail = 'the element that the path describes was created'
  if (!filter?.described || !allows(reading, 'createOnUnmatchedFilter', path, detail)) {
    throw patchError('noTarget', `${path} selects no element`)
  }
  return [...list, withPart(filter.described, target, value)]
}

/** Adds a sub-attribute, or the members of a whole element. */
function withPart(holder: unknown, { subAttribute, path }: AttributeSelection, value: unknown): Members {
  const given: unknown = subAttribute ? { [subAttribute.name]: value } : value
  if (!isMembers(holder) || !isMembers(given)) throw givenTwice(path)
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(holder, name) && !sameJson(holder[name], given[name])) throw givenTwice(path)
  }
  return { ...holder, ...given }
}

function listAt(current: unknown, path: string): readonly unknown[] {
  if (current === undefined || current === null) return []
  if (Array.isArray(current)) return current
  throw givenTwice(path)
}

function givenTwice(path: string): Error {
  return patchError('invalidSyntax', `${path} is given in two ways that differ; give it once`)
}
