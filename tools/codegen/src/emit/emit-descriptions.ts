import type { EmitContext } from '../model/emit-context.js'
import type { AttributeModel, SchemaModel, SchemaNames } from '../model/schema-model.js'
import { literal } from './source-text.js'

/**
 * Emits the texts of a schema, which only `/Schemas` and documentation load.
 *
 * @param schema Checked schema.
 * @param names Its identifiers.
 * @param context Where the code will be.
 * @returns The module's text without the header line.
 */
export function emitDescriptions(schema: SchemaModel, names: SchemaNames, context: EmitContext): string {
  const module = context.moduleOf('schema/schema-definition', '@scimkit/core/schema')
  const texts = Object.fromEntries(schema.attributes.flatMap((attribute) => listTexts(attribute, attribute.name)))
  const value = { description: schema.description, attributes: texts }
  const start = `export const ${names.value}Descriptions: SchemaDescriptions = `
  return [
    `import type { SchemaDescriptions } from '${module}'\n`,
    `/** Texts of the schema ${names.type}, by attribute path. */\n${start}${literal(value, '', start.length)}\n`,
  ].join('\n')
}

function listTexts(attribute: AttributeModel, path: string): readonly (readonly [string, string])[] {
  return [
    ...(attribute.description ? [[path, attribute.description] as const] : []),
    ...(attribute.subAttributes ?? []).flatMap((sub) => listTexts(sub, `${path}.${sub.name}`)),
  ]
}
