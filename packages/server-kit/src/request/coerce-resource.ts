import { type Attribute, canonicalizeNames, type ResourceDefinition } from '@scimkit/core/schema'
import { badRequest } from '../bad-request.js'
import { ignoreUnknownAttribute } from '../compatibility/read-path.js'
import { readReference } from '../compatibility/read-reference.js'
import { readSchemas } from '../compatibility/read-schemas.js'
import { readElementShape, readListShape, readSingularShape } from '../compatibility/read-value.js'
import type { Reading } from '../compatibility/reading.js'
import { expandKeys } from './expand-keys.js'

type Members = Readonly<Record<string, unknown>>

/**
 * Reads the body of POST and PUT before it is validated: names in schema spelling, `schemas` true, and values in the
 * shape that the schema asks for where the rules allow it. What is still of a wrong type is left for the validator to
 * refuse.
 *
 * @param definition Definition whose schemas name the attributes.
 * @param body JSON value of the body.
 * @param reading Rules and the receiver of notes.
 * @returns The resource; the same reference when nothing had to be read otherwise. Unknown attributes are still in it.
 * @throws {ScimError} 400 `invalidSyntax` when the body is no object, `schemas` is wrong, a name is given twice or,
 * without rule `ignoreUnknownAttributes`, unknown.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.3
 */
export function coerceResource(definition: ResourceDefinition, body: unknown, reading: Reading): Members {
  if (!isMembers(body)) throw badRequest('invalidSyntax', 'The body must be a resource')
  const named = canonicalizeNames(definition, body)
  const { resource, unknown } =
    named.unknown.length === 0 ? named : canonicalizeNames(definition, expandKeys(definition, named, reading))
  for (const path of unknown) ignoreUnknownAttribute(path, reading)
  const schemas = readSchemas(definition, resource, reading)
  const listed = schemas === resource.schemas ? resource : { ...resource, schemas }
  let coerced = coerceMembers(definition.schema.attributes, listed, '', reading)
  for (const { extension } of definition.extensions) {
    const before = listed[extension.urn]
    if (!isMembers(before)) continue
    const after = coerceMembers(extension.schema.attributes, before, `${extension.urn}:`, reading)
    if (after !== before) coerced = { ...coerced, [extension.urn]: after }
  }
  return coerced
}

function coerceMembers(attributes: readonly Attribute[], members: Members, prefix: string, reading: Reading): Members {
  let coerced = members
  const coercible = findCoercible(attributes)
  for (const name in members) {
    const attribute = coercible.get(name)
    if (!attribute) continue
    const before = members[name]
    const after = coerceValue(attribute, before, `${prefix}${name}`, reading)
    if (after !== before) coerced = { ...coerced, [name]: after }
  }
  return coerced
}

const known = new WeakMap<readonly Attribute[], ReadonlyMap<string, Attribute>>()

/** Attributes by name whose values may come in another shape. What a client cannot write is dropped anyway. */
function findCoercible(attributes: readonly Attribute[]): ReadonlyMap<string, Attribute> {
  const found = known.get(attributes)
  if (found) return found
  const writable = attributes.filter(({ mutability }) => mutability !== 'readOnly')
  const byName = new Map(writable.map((attribute) => [attribute.name, attribute]))
  known.set(attributes, byName)
  return byName
}

function coerceValue(attribute: Attribute, value: unknown, path: string, reading: Reading): unknown {
  if (!attribute.multiValued) {
    return coerceElement(attribute, readSingularShape(attribute, value, path, reading), path, reading)
  }
  const list = readListShape(attribute, value, path, reading)
  if (!Array.isArray(list)) return list
  const elements = list.map((element) => {
    return coerceElement(attribute, readElementShape(attribute, element, path, reading), path, reading)
  })
  return elements.every((element, at) => element === list[at]) ? list : elements
}

/** What a rule reads as no value is `null` in a body. */
function coerceElement(attribute: Attribute, value: unknown, path: string, reading: Reading): unknown {
  if (value === undefined) return null
  if (!attribute.subAttributes || !isMembers(value)) return value
  const members = coerceMembers(attribute.subAttributes, value, `${path}.`, reading)
  return readReference(attribute, members, path, reading) ?? null
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
