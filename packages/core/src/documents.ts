/**
 * Use it to read and check schema documents, and to describe a service in OpenAPI; it loads neither zod nor anything
 * generated.
 */

// Schema and ResourceType documents.

export type { SchemaChoice } from './documents/choose-schemas.js'
export type { DocumentFault } from './documents/document-faults.js'
export { nestSchemas } from './documents/nest-schemas.js'
export { type ReadOptions, readSchemas, type SchemaReading } from './documents/read-schema.js'
export type { ResourceTypeDocument, SchemaDocument } from './documents/schema-document.js'

// OpenAPI documents.

export type { OpenApiResourceType, OpenApiSchema } from './openapi/add-resource.js'
export { buildOpenApi, type OpenApiDocument, type OpenApiOptions } from './openapi/build-openapi.js'
export type { OpenApiObject } from './openapi/describe-attributes.js'

// Schemas and attributes as data.

export type {
  Attribute,
  AttributeDeclaration,
  AttributeType,
  Mutability,
  Returned,
  Uniqueness,
} from './schema/attribute.js'
export {
  attributesOf,
  isContainerRequiredIn,
  isPartOf,
  isRequiredIn,
  type ResourceUse,
} from './schema/attribute-rules.js'
export { commonAttributes } from './schema/common-attributes.js'
export type { SchemaDeclaration, SchemaDefinition, SchemaDescriptions } from './schema/schema-definition.js'

// URNs and text.

export { foldCase } from './text/fold-case.js'
export { urns } from './urns.js'
