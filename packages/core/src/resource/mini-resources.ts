import { enterpriseUserSchema } from '../generated/enterprise-user.schema.gen.js'
import type {
  EnterpriseUser,
  EnterpriseUserInput,
  EnterpriseUserPaths,
} from '../generated/enterprise-user.types.gen.js'
import { groupSchema } from '../generated/group.schema.gen.js'
import type { Group, GroupInput, GroupPaths } from '../generated/group.types.gen.js'
import { userSchema } from '../generated/user.schema.gen.js'
import type { User, UserInput, UserPaths } from '../generated/user.types.gen.js'
import { extensionValidation, resourceValidation } from '../validation/zod-mini.js'
import { defineExtension, defineResource } from './define-resource.js'
import { type EnterpriseUserUrn, enterpriseUserParts } from './enterprise-user.js'
import { groupParts } from './group.js'
import type { ResourceDefinition, SchemaExtension } from './resource-definition.js'
import { userParts } from './user.js'

/**
 * The User resource type, with validators of zod/mini.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-4.1
 */
export const userResource: ResourceDefinition<User, UserInput, UserPaths> = /* @__PURE__ */ (() =>
  defineResource<User, UserInput, UserPaths>({
    ...userParts,
    validation: resourceValidation(userSchema),
  }))()

/**
 * The Group resource type, with validators of zod/mini.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-4.2
 */
export const groupResource: ResourceDefinition<Group, GroupInput, GroupPaths> = /* @__PURE__ */ (() =>
  defineResource<Group, GroupInput, GroupPaths>({
    ...groupParts,
    validation: resourceValidation(groupSchema),
  }))()

/**
 * The enterprise extension of User, with validators of zod/mini.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-4.3
 */
export const enterpriseUser: SchemaExtension<
  EnterpriseUserUrn,
  EnterpriseUser,
  EnterpriseUserInput,
  EnterpriseUserPaths
> = /* @__PURE__ */ (() =>
  defineExtension<EnterpriseUserUrn, EnterpriseUser, EnterpriseUserInput, EnterpriseUserPaths>({
    ...enterpriseUserParts,
    validation: extensionValidation(enterpriseUserSchema),
  }))()
