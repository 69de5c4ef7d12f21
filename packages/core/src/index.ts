/**
 * Start here: User, Group and the enterprise extension with their types and zod validators, messages and errors.
 */

// Resource definitions, with validators.

export { defineExtension, defineResource } from './resource/define-resource.js'
export type {
  AttributeTarget,
  DefinedExtension,
  ExtensionParts,
  InferInput,
  InferPaths,
  InferResource,
  ResourceDefinition,
  ResourceParts,
  SchemaExtension,
  TargetIndex,
} from './resource/resource-definition.js'
export { type RuntimeResource, resourceFromSchemas } from './resource/resource-from-schemas.js'
export { enterpriseUser, groupResource, userResource } from './resource/zod-resources.js'
export type { StandardIssue, StandardResult, StandardSchema } from './standard-schema.js'
export type { ExtensionPart, ResourceValidators, ValidationPart } from './validation/validation-part.js'

// zod validators, one for each way a resource is used, and of messages.

export { enterpriseUserSchemas } from './generated/enterprise-user.zod.gen.js'
export { groupSchemas } from './generated/group.zod.gen.js'
export { userSchemas } from './generated/user.zod.gen.js'
export {
  bulkRequestSchema,
  listResponseSchema,
  patchOpSchema,
  searchRequestSchema,
} from './messages/message-schemas.js'
export type { UseSchemas } from './validation/zod.js'

// What is done with a resource.

export { type CanonicalNames, canonicalizeNames } from './resource/canonicalize-names.js'
export { checkResource } from './resource/check-resource.js'
export { findAttribute } from './resource/find-attribute.js'
export { projectResource } from './resource/project-resource.js'
export type { ProjectionRequest } from './resource/select-attributes.js'

// Errors, URNs and text.

export { ScimError, type ScimErrorOptions, type ScimErrorResponse, type ScimType } from './scim-error.js'
export { compareText } from './text/compare-text.js'
export { foldCase } from './text/fold-case.js'
export { urns } from './urns.js'

// Types of resources, discovery documents and messages.

export type { Compatibility, CompatibilityBase, CompatibilityRule } from './compatibility.js'
export type { EnterpriseUser, EnterpriseUserInput, EnterpriseUserPaths } from './generated/enterprise-user.types.gen.js'
export type { Group, GroupInput, GroupPaths } from './generated/group.types.gen.js'
export type { ResourceType } from './generated/resource-type.types.gen.js'
export type { Schema } from './generated/schema.types.gen.js'
export type { ServiceProviderConfig } from './generated/service-provider-config.types.gen.js'
export type { User, UserInput, UserPaths } from './generated/user.types.gen.js'
export type {
  BulkRequest,
  BulkRequestOperation,
  BulkResponse,
  BulkResponseOperation,
  ListResponse,
  PatchOp,
  PatchOperation,
  SearchRequest,
} from './messages/messages.js'
export type { Meta } from './schema/common-attributes.js'

// Types of schemas and attributes.

export type {
  Attribute,
  AttributeDeclaration,
  AttributeType,
  Mutability,
  Returned,
  Uniqueness,
} from './schema/attribute.js'
export type { AttributePath, Present } from './schema/attribute-path.js'
export type { AttributeIndex, SchemaDefinition } from './schema/schema-definition.js'
