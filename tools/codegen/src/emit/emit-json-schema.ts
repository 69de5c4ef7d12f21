import { attributesOf, isRequiredIn, type ResourceUse } from '@scimkit/core/documents'
import type { AttributeModel, SchemaModel, SchemaNames } from '../model/schema-model.js'
import { quote } from './source-text.js'

/** The part of JSON Schema that describes resources; `tsType` is the type that the compiler is to write. */
export interface JsonSchema {
  readonly type?: 'object' | 'array' | 'string' | 'number' | 'boolean'
  readonly tsType?: string
  readonly $ref?: string
  readonly items?: JsonSchema
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean
}

/** One interface to be: its name, its attributes in order, and the shape that it belongs to. */
export interface InterfaceModel {
  readonly name: string
  readonly use: ResourceUse
  /** Attribute whose value it describes; absent for a whole schema. */
  readonly of: AttributeModel | undefined
  readonly attributes: readonly AttributeModel[]
  /** Whether everything in it is readOnly by the attribute around it. */
  readonly readOnly: boolean
}

/**
 * Lists the interfaces of a schema, inner ones first, output before input.
 *
 * @param schema Schema to emit.
 * @param names Its identifiers.
 * @returns The interfaces; discovery documents have no input.
 */
export function listInterfaces(schema: SchemaModel, names: SchemaNames): readonly InterfaceModel[] {
  const uses: readonly ResourceUse[] = schema.kind === 'discovery' ? ['output'] : ['output', 'input']
  return uses.flatMap((use) => {
    const attributes = attributesOf([...schema.commonAttributes, ...schema.attributes], use)
    const root = use === 'output' ? names.type : `${names.type}Input`
    return [
      ...attributes.flatMap((attribute) => listComplex(attribute, use, names, false)),
      { name: root, use, of: undefined, attributes, readOnly: false },
    ]
  })
}

function listComplex(
  attribute: AttributeModel,
  use: ResourceUse,
  names: SchemaNames,
  parentReadOnly: boolean,
): readonly InterfaceModel[] {
  const complex = names.complex.get(attribute)
  if (!complex || !attribute.subAttributes) return []
  const readOnly = parentReadOnly || attribute.mutability === 'readOnly'
  const attributes = attributesOf(attribute.subAttributes, use)
  return [
    ...attributes.flatMap((sub) => listComplex(sub, use, names, readOnly)),
    { name: complex[use], use, of: attribute, attributes, readOnly },
  ]
}

/**
 * Builds the JSON Schema of the interfaces, one definition each.
 *
 * @param interfaces Interfaces as {@link listInterfaces} returns them.
 * @param names Identifiers of their schema.
 * @returns Definitions by interface name.
 */
export function buildJsonSchema(
  interfaces: readonly InterfaceModel[],
  names: SchemaNames,
): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(
    interfaces.map(({ name, use, attributes }) => [
      name,
      {
        type: 'object',
        properties: Object.fromEntries(
          attributes.map((attribute) => [attribute.name, propertyOf(attribute, use, names)]),
        ),
        required: attributes.filter((attribute) => isPresent(attribute, use)).map((attribute) => attribute.name),
        additionalProperties: false,
      },
    ]),
  )
}

/**
 * Tells whether an interface demands a property. `schemas` may be left out of input, since it is filled in.
 *
 * @param attribute Attribute of the interface.
 * @param use Shape of the interface.
 * @returns Whether the property is there without `?`.
 */
export function isPresent(attribute: AttributeModel, use: ResourceUse): boolean {
  return isRequiredIn(attribute, use) && !(use === 'input' && attribute.name === 'schemas')
}

function propertyOf(attribute: AttributeModel, use: ResourceUse, names: SchemaNames): JsonSchema {
  const complex = names.complex.get(attribute)
  const element: JsonSchema = complex
    ? { $ref: `#/definitions/${complex[use]}` }
    : attribute.subAttributes
      ? { tsType: 'Meta' }
      : simpleType(attribute)
  return attribute.multiValued ? { type: 'array', items: element } : element
}

function simpleType(attribute: AttributeModel): JsonSchema {
  const type = primitiveType(attribute)
  if (type === 'unknown') return { tsType: type }
  return attribute.canonicalValues && type === 'string'
    ? { type, tsType: openUnion(attribute.canonicalValues) }
    : { type }
}

/**
 * The TypeScript type of one simple value.
 *
 * @param attribute Attribute that is not complex.
 * @returns The type without canonical values.
 */
export function primitiveType(attribute: AttributeModel): 'string' | 'number' | 'boolean' | 'unknown' {
  if (attribute.type === 'boolean') return 'boolean'
  if (attribute.type === 'any') return 'unknown'
  return attribute.type === 'decimal' || attribute.type === 'integer' ? 'number' : 'string'
}

/**
 * Canonical values as a type that still accepts every other string.
 *
 * @param values Canonical values.
 * @returns Such as `'work' | 'home' | (string & {})`.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-7
 */
export function openUnion(values: readonly string[]): string {
  return [...values.map(quote), '(string & {})'].join(' | ')
}
