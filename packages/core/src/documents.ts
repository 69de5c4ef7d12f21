export {
  attributesOf,
  isContainerRequiredIn,
  isPartOf,
  isRequiredIn,
  type ResourceUse,
} from './schema/attribute-rules.js'
export { buildOpenApi, type OpenApiDocument, type OpenApiOptions } from './openapi/build-openapi.js'
export type { SchemaChoice } from './documents/choose-schemas.js'
export type { DocumentFault } from './documents/document-faults.js'
export { nestSchemas } from './documents/nest-schemas.js'
export type { OpenApiObject } from './openapi/describe-attributes.js'
export type { OpenApiResourceType, OpenApiSchema } from './openapi/add-resource.js'
export type { ResourceTypeDocument } from './documents/read-resource-type.js'
export { type ReadOptions, readSchemas, type SchemaDocument, type SchemaReading } from './documents/read-schema.js'
export { commonAttributes } from './schema/common-attributes.js'
export type {
  Attribute,
  AttributeDeclaration,
  AttributeType,
  Mutability,
  Returned,
  Uniqueness,
} from './schema/attribute.js'
export type { SchemaDescriptions } from './resource/describe-schema.js'
export type { SchemaDeclaration, SchemaDefinition } from './schema/schema-definition.js'
export { foldCase } from './text/fold-case.js'
export { urns } from './urns.js'
