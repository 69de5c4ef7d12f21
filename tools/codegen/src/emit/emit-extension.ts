import type { EmitContext } from '../model/emit-context.js'
import type { SchemaModel, SchemaNames } from '../model/schema-model.js'
import { emitExtensionValue } from './emit-schema.js'
import { importLine } from './import-text.js'
import { docComment } from './source-text.js'

/**
 * Emits an extension with its validators.
 *
 * @param schema Checked schema of the kind `extension`.
 * @param names Its identifiers.
 * @param context Where the code will be.
 * @returns The module's text without the header line.
 */
export function emitExtension(schema: SchemaModel, names: SchemaNames, context: EmitContext): string {
  const { type, value, file } = names
  const module = context.moduleOf('index', '@scimkit/core')
  const text = schema.description || `The extension ${schema.name}.`
  const parts = `{\n    ...${value}Parts,\n    validation: ${value}Validation,\n  }`
  return [
    importLine(['defineExtension', 'type SchemaExtension'], module),
    importLine([`type ${type}Urn`, `${value}Parts`], `./${file}.schema.gen.js`),
    importLine([`type ${type}`, `type ${type}Input`, `type ${type}Paths`], `./${file}.types.gen.js`),
    importLine([`${value}Validation`], `./${file}.zod.gen.js`),
    `\n${docComment(text)}${emitExtensionValue(type, value, parts)}`,
  ].join('')
}
