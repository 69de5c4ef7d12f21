import type { ResourceTypeDocument } from '@scimkit/core/documents'
import type { SchemaNames } from './schema-model.js'

/** Where a definition or an extension comes from: core, or generated beside. */
export type DefinitionSource =
  | { readonly from: 'core'; readonly value: string; readonly type: string }
  | { readonly from: 'generated'; readonly names: SchemaNames }

/** An extension of a resource type. */
export interface ExtensionModel {
  readonly urn: string
  readonly required: boolean
  /** Whether a body has to hold it, too. */
  readonly requiredInInput: boolean
  readonly source: DefinitionSource
}

/** A resource type with its schemas found. */
export interface ResourceModel {
  readonly document: ResourceTypeDocument
  /** Name of the constant, such as `userResource`. */
  readonly value: string
  /** Names of its types: as it is read, as it may be written, its paths. */
  readonly types: readonly [output: string, input: string, paths: string]
  /** Stem of its file. */
  readonly file: string
  readonly base: DefinitionSource
  readonly extensions: readonly ExtensionModel[]
}
