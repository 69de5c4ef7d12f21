import type { DocumentFault, ResourceTypeDocument, SchemaDocument } from '@scimkit/core/documents'

/** A parsed JSON document and where it came from. */
export interface DocumentSource {
  /** Path as header lines and messages show it, with forward slashes. */
  readonly file: string
  /** Parsed JSON: a schema, a resource type, a list, or a ListResponse of them. */
  readonly document: unknown
}

/** A fault or warning, and the document that has it. */
export interface SourceFault extends DocumentFault {
  readonly file: string
}

/** A checked schema and the file that holds it. */
export interface SourcedSchema {
  readonly file: string
  readonly schema: SchemaDocument
}

/** A checked resource type and the file that holds it. */
export interface SourcedResourceType {
  readonly file: string
  readonly resourceType: ResourceTypeDocument
}

/** All that the documents of a run hold. */
export interface SourceReading {
  readonly schemas: readonly SourcedSchema[]
  readonly resourceTypes: readonly SourcedResourceType[]
  /** ServiceProviderConfig documents as they are; a pulled server has one beside its schemas. */
  readonly configs: readonly object[]
  readonly faults: readonly SourceFault[]
  readonly warnings: readonly SourceFault[]
}
