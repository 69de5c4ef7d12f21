import type { OnProgress } from '../commands/show-progress.js'
import type { ResourceModel } from '../emit/emit-resource.js'
import type { SourcedResourceType, SourcedSchema, SourceReading } from '../input/read-sources.js'
import type { EmitContext, SchemaModel, SchemaNames } from '../model/schema-model.js'

/** A schema that is ready to be emitted, with the document that it comes from. */
export interface SchemaToEmit extends SourcedSchema {
  readonly model: SchemaModel
  readonly names: SchemaNames
}

/** A resource type that is ready to be emitted, with the document that it comes from. */
export interface ResourceToEmit extends SourcedResourceType {
  readonly resource: ResourceModel
}

/** zod package that validators are made with. */
export type ZodPackage = 'zod' | 'zod/mini'

/** What a plug-in makes its files of: checked documents, with every identifier chosen. */
export interface CodegenModel {
  /** Schemas in the order of the run. */
  readonly schemas: readonly SchemaToEmit[]
  /** Resource types in the order of the run. */
  readonly resources: readonly ResourceToEmit[]
  /** The documents as they were read. */
  readonly sources: SourceReading
  /** How generated code imports core. */
  readonly context: EmitContext
  /** zod package of the run. */
  readonly zod: ZodPackage
  /** Names of the run's plug-ins. */
  readonly plugins: readonly string[]
  /** Command that header lines name. */
  readonly command: string
  /** Takes the schemas that a plug-in is done with. */
  readonly onProgress?: OnProgress | undefined
}

/** A file that a plug-in makes. */
export interface EmittedFile {
  /** Path from the output folder, with forward slashes. */
  readonly path: string
  /** Text of the file, header line included. */
  readonly text: string
  /** Names that the index passes on; where two files have the same one, the plug-in that comes later gives it. */
  readonly exports?: { readonly types?: readonly string[]; readonly values?: readonly string[] } | undefined
}

/**
 * Makes files of checked schemas. Those of codegen itself have the same form as a user's own, and give way to one of
 * the same name.
 */
export interface CodegenPlugin {
  /** Name, unique within a run. */
  readonly name: string
  /** Names of the plug-ins whose files it imports. */
  readonly needs?: readonly string[] | undefined
  /**
   * @param model What to make files of; it must not be changed.
   * @returns The files; the same model must give the same bytes.
   * @throws {Error} Its message is shown with the plug-in's name, and nothing is written.
   */
  emit(model: CodegenModel): readonly EmittedFile[] | Promise<readonly EmittedFile[]>
}
