/**
 * Use it where zod must not be loaded: the definitions of `@scimkit/core` without validators, and what describes
 * schemas as data, for which the code that `scim-codegen generate` makes imports it.
 */

// Resource definitions, without validators.

export { defineExtension, defineResource } from './resource/define-resource.js'
export { enterpriseUser } from './resource/enterprise-user.js'
export { groupResource } from './resource/group.js'
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
export { userResource } from './resource/user.js'
export type { StandardIssue, StandardResult, StandardSchema } from './standard-schema.js'
export type { ExtensionPart, ResourceValidators, ValidationPart } from './validation/validation-part.js'

// Schemas and attributes as data, those of the discovery documents among them.

export { resourceTypeSchema } from './generated/resource-type.schema.gen.js'
export { schemaSchema } from './generated/schema.schema.gen.js'
export { serviceProviderConfigSchema } from './generated/service-provider-config.schema.gen.js'
export { describeSchema } from './resource/describe-schema.js'
export {
  type Attribute,
  type AttributeDeclaration,
  type AttributeType,
  defineAttribute,
  type Mutability,
  type Returned,
  type Uniqueness,
} from './schema/attribute.js'
export type { AttributePath, Present } from './schema/attribute-path.js'
export {
  type AttributeIndex,
  defineSchema,
  type SchemaDeclaration,
  type SchemaDefinition,
  type SchemaDescriptions,
} from './schema/schema-definition.js'

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
