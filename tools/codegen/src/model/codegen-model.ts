import type { SourcedResourceType, SourcedSchema, SourceReading } from '../input/sources.js'
import type { OnProgress } from '../show-progress.js'
import type { EmitContext } from './emit-context.js'
import type { ResourceModel } from './resource-model.js'
import type { SchemaModel, SchemaNames } from './schema-model.js'

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
  /** Called with each schema that a plug-in is done with. */
  readonly onProgress?: OnProgress | undefined
}
