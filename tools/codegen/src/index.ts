/**
 * The configuration, the plug-ins and the generator. Use it in `scim.config.ts`, and in programs that generate without
 * the command `scim-codegen`.
 */

// The configuration.

export { type CodegenConfig, defineConfig } from './define-config.js'
export type { ZodPackage } from './model/codegen-model.js'
export type { CodeFormat } from './output/format-code.js'
export type { PluginName } from './plugins/choose-plugins.js'

// Plug-ins of this package, for those who give them options.

export { client } from './plugins/client-plugin.js'
export { docs, type FolderOptions } from './plugins/docs-plugin.js'
export { type OpenApiOptions, openapi } from './plugins/openapi-plugin.js'
export { samples } from './plugins/samples-plugin.js'
export { types } from './plugins/types-plugin.js'
export { zod } from './plugins/zod-plugin.js'

// Plug-ins of your own: their form, and the model that they make files of.

export type { SourcedResourceType, SourcedSchema, SourceReading } from './input/sources.js'
export type { CodegenModel, ResourceToEmit, SchemaToEmit } from './model/codegen-model.js'
export type { EmitContext } from './model/emit-context.js'
export type { DefinitionSource, ExtensionModel, ResourceModel } from './model/resource-model.js'
export type { AttributeModel, ComplexNames, SchemaKind, SchemaModel, SchemaNames } from './model/schema-model.js'
export type { CodegenPlugin, EmittedFile } from './plugins/codegen-plugin.js'

// The generator as a function; it reads and writes no file.

export { type GeneratedCode, type GenerateOptions, generate } from './generate.js'
export type { DocumentSource, SourceFault } from './input/sources.js'
