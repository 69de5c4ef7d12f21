import { emitExtensionValue } from './emit-schema.js'
import type { EmitContext, SchemaModel, SchemaNames } from './schema-model.js'
import { docComment } from './source-text.js'

/**
 * Emits an extension with its validators.
 *
 * @param schema Checked schema of the kind `extension`.
 * @param names Its identifiers.
 * @param context Where the code will lie.
 * @returns The module's text without the header line.
 */
export function emitExtension(schema: SchemaModel, names: SchemaNames, context: EmitContext): string {
  const { type, value, file } = names
  const module = context.moduleOf('index', '@scimkit/core')
  const text = schema.description || `The extension ${schema.name}.`
  return `import { defineExtension, type SchemaExtension } from '${module}'
import { type ${type}Urn, ${value}Parts } from './${file}.schema.gen.js'
import type { ${type}, ${type}Input, ${type}Paths } from './${file}.types.gen.js'
import { ${value}Validation } from './${file}.zod.gen.js'

${docComment(text)}${emitExtensionValue(type, value, `{ ...${value}Parts, validation: ${value}Validation }`)}`
}
