import { isObject, type JsonObject } from '@scimkit/core/internal'
import type { CanonicalNames, ResourceDefinition } from '@scimkit/core/schema'
import { badRequest } from '../bad-request.js'
import type { Reading } from '../compatibility/reading.js'
import { sameJson, valueAt } from '../json.js'
import { ElementBudget } from '../patch/patch-context.js'
import { type AttributeSelection, findNamedTarget, findTargetInside } from '../patch/select-target.js'
import { requireDescribed } from '../patch/unmatched-filter.js'

/**
 * Rule `dottedKeys` for the body of a POST or PUT: puts the value of a key that is a path, such as `name.givenName` or
 * `urn:…:User:department`, where the path leads. A value that a path-less PATCH would write is never lost.
 *
 * @param definition Definition whose schemas name the attributes.
 * @param named Body in schema spelling, and the names that no schema knows; paths are among them.
 * @param reading Rules and the receiver of notes.
 * @returns The body; the same reference when no key was a path.
 * @throws {ScimError} 400 `invalidPath` where the rule is off, `invalidSyntax` when a value is given twice; 413 when the
 * keys look at too many elements.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.10
 */
export function expandKeys(
  definition: ResourceDefinition,
  { resource, unknown }: CanonicalNames,
  reading: Reading,
): JsonObject {
  const expansion: Expansion = { ...reading, expanded: { ...resource }, budget: new ElementBudget(), isMoved: false }
  const { expanded } = expansion
  const containers = definition.extensions.filter(({ extension: { urn } }) => isObject(expanded[urn]))
  for (const { extension } of containers) expanded[extension.urn] = { ...(expanded[extension.urn] as JsonObject) } // it is one
  for (const key of unknown) {
    // A bare name is not a path: in a body, attributes of an extension are in its container (RFC 7643 §3.3).
    if (!Object.hasOwn(resource, key) || !/[.:[]/.test(key)) continue
    const target = findNamedTarget(definition, key, reading)
    if (target?.attribute) move(expanded, key, target, expansion)
  }
  const names = new Set(unknown)
  for (const { extension } of containers) {
    const container = expanded[extension.urn] as Writable // copied above
    for (const key of Object.keys(container)) {
      if (!names.has(`${extension.urn}:${key}`)) continue
      const target = findTargetInside(definition, { extension: extension.schema, key }, reading)
      if (target?.attribute) move(container, key, target, expansion)
    }
  }
  return expansion.isMoved ? expanded : resource
}

type Writable = Record<string, unknown>

/** A body while its keys are put where they lead. There may be thousands, so it and its containers are copied once. */
interface Expansion extends Reading {
  readonly expanded: Writable
  readonly budget: ElementBudget
  isMoved: boolean
}

function move(from: Writable, key: string, target: AttributeSelection, expansion: Expansion): void {
  const value = from[key]
  delete from[key]
  expansion.isMoved = true
  const { attribute, filter, subAttribute, path } = target
  const holder = holderOf(target, expansion)
  const current = valueAt(holder, attribute.name)
  const next = insideOf(current, target, value, expansion)
  // What a path goes into may be there already, and grows; a value must not be given in two ways.
  const isGrown = filter !== undefined || subAttribute !== undefined
  if (!isGrown && current !== undefined && !sameJson(current, next)) throw givenTwice(path)
  holder[attribute.name] = next
}

function holderOf({ extension, path }: AttributeSelection, { expanded }: Expansion): Writable {
  if (!extension) return expanded
  const container = expanded[extension.id] ?? {}
  if (!isObject(container)) throw givenTwice(path)
  expanded[extension.id] = container
  return container as Writable // it is a copy
}

function insideOf(current: unknown, target: AttributeSelection, value: unknown, expansion: Expansion): unknown {
  const { attribute, filter, path } = target
  if (filter) return insideElement(current, target, value, expansion)
  if (!target.subAttribute) return value
  if (!attribute.multiValued) return withPart(current ?? {}, target, value, expansion)
  const list = listAt(current, path)
  if (list.length > 1) throw badRequest('invalidPath', `${path} does not say which element is meant`)
  return [withPart(list[0] ?? {}, target, value, expansion)]
}

function insideElement(current: unknown, target: AttributeSelection, value: unknown, expansion: Expansion): unknown {
  const { filter, path } = target
  const list = listAt(current, path)
  expansion.budget.spend(list.length, filter?.terms)
  const at = list.findIndex((element) => filter?.matches(element))
  if (at >= 0) return list.with(at, withPart(list[at], target, value, expansion))
  return [...list, withPart(requireDescribed(filter?.described, path, expansion), target, value, expansion)]
}

/** Adds a sub-attribute, or the members of a whole element. */
function withPart(
  holder: unknown,
  { subAttribute, path }: AttributeSelection,
  value: unknown,
  { budget }: Expansion,
): JsonObject {
  const given: unknown = subAttribute ? { [subAttribute.name]: value } : value
  if (!isObject(holder) || !isObject(given)) throw givenTwice(path)
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(holder, name) && !sameJson(holder[name], given[name])) throw givenTwice(path)
  }
  budget.spend(Object.keys(holder).length)
  return { ...holder, ...given }
}

function listAt(current: unknown, path: string): readonly unknown[] {
  if (current === undefined || current === null) return []
  if (Array.isArray(current)) return current
  throw givenTwice(path)
}

function givenTwice(path: string): Error {
  return badRequest('invalidSyntax', `${path} is given in two ways that differ; give it once`)
}
