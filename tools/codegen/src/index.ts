export { type CodegenConfig, defineConfig } from './define-config.js'
export type { DefinitionSource, ExtensionModel, ResourceModel } from './emit/emit-resource.js'
export { type GeneratedCode, type GenerateOptions, generate } from './generate.js'
export type {
  DocumentSource,
  SourcedResourceType,
  SourcedSchema,
  SourceFault,
  SourceReading,
} from './input/read-sources.js'
export type {
  AttributeModel,
  ComplexNames,
  EmitContext,
  SchemaKind,
  SchemaModel,
  SchemaNames,
} from './model/schema-model.js'
export type { CodeFormat } from './output/format-code.js'
export type { PluginName } from './plugins/choose-plugins.js'
export { client } from './plugins/client-plugin.js'
export type {
  CodegenModel,
  CodegenPlugin,
  EmittedFile,
  ResourceToEmit,
  SchemaToEmit,
  ZodPackage,
} from './plugins/codegen-plugin.js'
export { docs, type FolderOptions } from './plugins/docs-plugin.js'
export { type OpenApiOptions, openapi } from './plugins/openapi-plugin.js'
export { samples } from './plugins/samples-plugin.js'
export { types } from './plugins/types-plugin.js'
export { zod } from './plugins/zod-plugin.js'
