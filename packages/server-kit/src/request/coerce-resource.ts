import { isObject, type JsonObject } from '@scimkit/core/internal'
import { type Attribute, canonicalizeNames, type ResourceDefinition } from '@scimkit/core/schema'
import { badRequest } from '../bad-request.js'
import { ignoreUnknownAttribute } from '../compatibility/read-path.js'
import { readReference } from '../compatibility/read-reference.js'
import { readSchemas } from '../compatibility/read-schemas.js'
import { readElement, readList, readSingularValue } from '../compatibility/read-value.js'
import type { LocatedAttribute, Reading } from '../compatibility/reading.js'
import { expandKeys } from './expand-keys.js'

/**
 * Reads the body of POST and PUT before it is validated: names in schema spelling, `schemas` true, and values in the
 * shape that the schema asks for where the rules allow it. What still has a wrong type is left to the validator.
 *
 * @param definition Definition whose schemas name the attributes.
 * @param body JSON value of the body.
 * @param reading Rules and the receiver of notes.
 * @returns The resource; the same reference when no rule was needed. Unknown attributes are still in it.
 * @throws {ScimError} 400 `invalidSyntax` when the body is not an object, `schemas` is wrong, a name is given twice or,
 * without rule `ignoreUnknownAttributes`, unknown.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.3
 */
export function coerceResource(definition: ResourceDefinition, body: unknown, reading: Reading): JsonObject {
  if (!isObject(body)) throw badRequest('invalidSyntax', 'The body must be a resource')
  const named = canonicalizeNames(definition, body)
  const { resource, unknown } =
    named.unknown.length === 0 ? named : canonicalizeNames(definition, expandKeys(definition, named, reading))
  for (const path of unknown) ignoreUnknownAttribute(path, reading)
  const schemas = readSchemas(definition, resource, reading)
  const listed = schemas === resource.schemas ? resource : { ...resource, schemas }
  let coerced = coerceValues({ attributes: definition.schema.attributes, prefix: '' }, listed, reading)
  for (const { extension } of definition.extensions) {
    const before = listed[extension.urn]
    if (!isObject(before)) continue
    const place = { attributes: extension.schema.attributes, prefix: `${extension.urn}:` }
    const after = coerceValues(place, before, reading)
    if (after !== before) coerced = { ...coerced, [extension.urn]: after }
  }
  return coerced
}

/** Attributes that are beside each other, and what their paths begin with. */
interface Siblings {
  readonly attributes: readonly Attribute[]
  readonly prefix: string
}

function coerceValues({ attributes, prefix }: Siblings, values: JsonObject, reading: Reading): JsonObject {
  let coerced = values
  const coercible = findCoercible(attributes)
  for (const name in values) {
    const attribute = coercible.get(name)
    if (!attribute) continue
    const before = values[name]
    const after = coerceValue({ attribute, path: `${prefix}${name}` }, before, reading)
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

function coerceValue(located: LocatedAttribute, value: unknown, reading: Reading): unknown {
  if (!located.attribute.multiValued) {
    return coerceElement(located, readSingularValue(located, value, reading), reading)
  }
  const list = readList(located, value, reading)
  if (!Array.isArray(list)) return list
  const elements = list.map((element) => coerceElement(located, readElement(located, element, reading), reading))
  return elements.every((element, at) => element === list[at]) ? list : elements
}

/** What a rule reads as unassigned is `null` in a body. */
function coerceElement(located: LocatedAttribute, value: unknown, reading: Reading): unknown {
  if (value === undefined) return null
  const { attribute, path } = located
  if (!attribute.subAttributes || !isObject(value)) return value
  const values = coerceValues({ attributes: attribute.subAttributes, prefix: `${path}.` }, value, reading)
  return readReference(located, values, reading) ?? null
}
