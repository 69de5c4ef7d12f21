import type { Schema } from '../generated/schema.types.gen.js'
import type { Attribute } from '../schema/attribute.js'
import type { SchemaDefinition, SchemaDescriptions } from '../schema/schema-definition.js'
import { urns } from '../urns.js'

/**
 * Builds the full schema document of a definition.
 *
 * @param schema Definition with the characteristics.
 * @param descriptions Texts by attribute path.
 * @returns The document without `meta`, which a service provider adds.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-7
 */
export function describeSchema(schema: SchemaDefinition, descriptions: SchemaDescriptions): Schema {
  return {
    schemas: [urns.schema],
    id: schema.id,
    name: schema.name,
    ...(descriptions.description === undefined ? {} : { description: descriptions.description }),
    attributes: schema.attributes.map((attribute) =>
      describeAttribute(attribute, attribute.name, descriptions.attributes),
    ),
  } as Schema // the generated type is one level deep where the data is recursive
}

function describeAttribute(attribute: Attribute, path: string, texts: Readonly<Record<string, string>>): object {
  const { subAttributes, uniqueness, caseExact, ...rest } = attribute
  const textual = attribute.type === 'string' || attribute.type === 'reference' || attribute.type === 'binary'
  return {
    ...rest,
    ...(Object.hasOwn(texts, path) && { description: texts[path] }),
    ...(textual && { caseExact }),
    ...(attribute.type !== 'complex' && attribute.type !== 'boolean' && { uniqueness }),
    ...(subAttributes && {
      subAttributes: subAttributes.map((sub) => describeAttribute(sub, `${path}.${sub.name}`, texts)),
    }),
  }
}
