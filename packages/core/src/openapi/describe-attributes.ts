import type { Attribute } from '../schema/attribute.js'
import { attributesOf, isRequiredIn, type ResourceUse } from '../schema/attribute-rules.js'
import type { SchemaDescriptions } from '../schema/schema-definition.js'

/** A piece of an OpenAPI document, which is JSON. */
export type OpenApiObject = { readonly [name: string]: unknown }

/** Texts of attributes by path. */
type Texts = SchemaDescriptions['attributes']

const types: Readonly<Record<Exclude<Attribute['type'], 'complex'>, OpenApiObject>> = {
  string: { type: 'string' },
  boolean: { type: 'boolean' },
  decimal: { type: 'number' },
  integer: { type: 'integer' },
  dateTime: { type: 'string', format: 'date-time' },
  binary: { type: 'string', contentEncoding: 'base64' },
  reference: { type: 'string', format: 'uri-reference' },
  any: {},
}

/**
 * Describes the attributes of one level as an OpenAPI object schema.
 *
 * @param attributes Attributes of a schema or sub-attributes of a complex attribute.
 * @param use `output` for responses, `input` for bodies, where `null` unassigns.
 * @param texts Descriptions by attribute path.
 * @returns The object schema.
 */
export function describeAttributes(attributes: readonly Attribute[], use: ResourceUse, texts: Texts): OpenApiObject {
  return describeLevel(attributes, { use, texts, prefix: '' })
}

interface Level {
  readonly use: ResourceUse
  readonly texts: Texts
  /** Path of the complex attribute around, with the dot behind it. */
  readonly prefix: string
}

function describeLevel(attributes: readonly Attribute[], level: Level): OpenApiObject {
  const present = attributesOf(attributes, level.use)
  const required = present.filter((attribute) => isNeeded(attribute, level.use)).map(({ name }) => name)
  return {
    type: 'object',
    properties: Object.fromEntries(present.map((attribute) => [attribute.name, describeAttribute(attribute, level)])),
    ...(required.length > 0 && { required }),
  }
}

function describeAttribute(attribute: Attribute, level: Level): OpenApiObject {
  const path = `${level.prefix}${attribute.name}`
  const description = Object.hasOwn(level.texts, path) ? level.texts[path] : undefined
  const characteristics = characteristicsOf(attribute)
  const value = attribute.multiValued
    ? { type: 'array', items: describeValue(attribute, path, level) }
    : describeValue(attribute, path, level)
  return {
    ...(level.use === 'input' ? (isNeeded(attribute, 'input') ? filled(value) : nullable(value)) : value),
    ...(description && { description }),
    ...(attribute.mutability === 'readOnly' && { readOnly: true }),
    ...(level.use === 'input' && isWriteOnly(attribute) && { writeOnly: true }),
    ...(Object.keys(characteristics).length > 0 && { 'x-scim': characteristics }),
  }
}

function describeValue(attribute: Attribute, path: string, level: Level): OpenApiObject {
  if (attribute.type === 'complex') {
    return describeLevel(attribute.subAttributes ?? [], { ...level, prefix: `${path}.` })
  }
  // Canonical values are suggestions (RFC 7643 §7), so an enum would refuse too much.
  const open = attribute.canonicalValues
  return { ...types[attribute.type], ...(open && { examples: open, 'x-open-enum': open }) }
}

function nullable(schema: OpenApiObject): OpenApiObject {
  return schema.type === undefined ? schema : { ...schema, type: [schema.type, 'null'] }
}

/** The empty text and the empty list do not count as a value where one is required. */
function filled(schema: OpenApiObject): OpenApiObject {
  if (schema.type === 'array') return { ...schema, minItems: 1 }
  return schema.type === 'string' && !schema.format && !schema.contentEncoding ? { ...schema, minLength: 1 } : schema
}

/** `schemas` may be left out of bodies, since it is filled in. */
function isNeeded(attribute: Attribute, use: ResourceUse): boolean {
  return isRequiredIn(attribute, use) && !(use === 'input' && attribute.name === 'schemas')
}

function isWriteOnly({ mutability, returned }: Attribute): boolean {
  return mutability === 'writeOnly' || returned === 'never'
}

/** Characteristics that OpenAPI has no word for, where they differ from the defaults of RFC 7643 §2.2. */
function characteristicsOf({ caseExact, mutability, returned, uniqueness, referenceTypes }: Attribute): OpenApiObject {
  return {
    ...(caseExact && { caseExact }),
    ...(mutability === 'immutable' && { mutability }),
    ...(returned !== 'default' && { returned }),
    ...(uniqueness !== 'none' && { uniqueness }),
    ...(referenceTypes && { referenceTypes }),
  }
}
