export type { Compatibility, CompatibilityBase, CompatibilityRule } from './compatibility.js'
export type {
  EnterpriseUser,
  EnterpriseUserInput,
  EnterpriseUserPaths,
} from './generated/enterprise-user.types.gen.js'
export { enterpriseUserSchemas } from './generated/enterprise-user.zod.gen.js'
export type { Group, GroupInput, GroupPaths } from './generated/group.types.gen.js'
export { groupSchemas } from './generated/group.zod.gen.js'
export { resourceTypeSchema } from './generated/resource-type.schema.gen.js'
export type { ResourceType } from './generated/resource-type.types.gen.js'
export { schemaSchema } from './generated/schema.schema.gen.js'
export type { Schema } from './generated/schema.types.gen.js'
export { serviceProviderConfigSchema } from './generated/service-provider-config.schema.gen.js'
export type { ServiceProviderConfig } from './generated/service-provider-config.types.gen.js'
export type { User, UserInput, UserPaths } from './generated/user.types.gen.js'
export { userSchemas } from './generated/user.zod.gen.js'
export {
  bulkRequestSchema,
  listResponseSchema,
  patchOpSchema,
  searchRequestSchema,
} from './messages/message-schemas.js'
export type {
  BulkRequest,
  BulkRequestOperation,
  BulkResponse,
  BulkResponseOperation,
  PatchOp,
  PatchOperation,
  SearchRequest,
} from './messages/messages.js'
export { buildListResponse, type ListResponse } from './messages/messages.js'
export { buildResourceType } from './resource/build-resource-type.js'
export { type CanonicalNames, canonicalizeNames } from './resource/canonicalize-names.js'
export { checkMutability } from './resource/check-mutability.js'
export { attributePathOf, checkResource, requireValidators } from './resource/check-resource.js'
export { defineExtension, defineResource } from './resource/define-resource.js'
export { describeSchema } from './resource/describe-schema.js'
export { findAttribute, schemaUrns } from './resource/find-attribute.js'
export { createProjection, projectResource } from './resource/project-resource.js'
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
export type { ProjectionRequest } from './resource/select-attributes.js'
export { enterpriseUser, groupResource, userResource } from './resource/zod-resources.js'
export {
  type Attribute,
  type AttributeDeclaration,
  type AttributeType,
  defineAttribute,
  type Mutability,
  type Returned,
  type Uniqueness,
} from './schema/attribute.js'
export type { Present } from './schema/attribute-path.js'
export { type AttributePath, readUrnDot, splitAttributePath } from './schema/attribute-path.js'
export type { Meta } from './schema/common-attributes.js'
export { commonAttributes } from './schema/common-attributes.js'
export { isUnassigned } from './schema/is-unassigned.js'
export { sameValue } from './schema/same-value.js'
export {
  type AttributeIndex,
  defineSchema,
  type SchemaDeclaration,
  type SchemaDefinition,
  type SchemaDescriptions,
  subAttributeIndex,
} from './schema/schema-definition.js'
export { isBase64, isDateTime, isUriReference } from './schema/value-formats.js'
export { ScimError, type ScimErrorOptions, type ScimErrorResponse, type ScimType } from './scim-error.js'
export type { StandardIssue, StandardResult, StandardSchema } from './standard-schema.js'
export { compareText } from './text/compare-text.js'
export { foldCase } from './text/fold-case.js'
export { urns } from './urns.js'
export type { SchemaShapes } from './validation/dialect.js'
export type { ExtensionPart, ResourceValidators, ValidationPart } from './validation/validation-part.js'
export {
  buildExtensionSchemas,
  buildResourceSchemas,
  defineValidation,
  type SimpleSchemas,
  type UseSchemas,
  type ValueSchemas,
  valueSchemas,
  type ZodValidation,
} from './validation/zod.js'
