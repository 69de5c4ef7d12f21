import type { User, UserInput, UserPaths } from '../generated/user.types.gen.js'
import { userValidation } from '../generated/user.zod.gen.js'
import { defineResource, type ResourceDefinition } from './resource-definition.js'
import { userParts } from './user.js'

/**
 * The User resource type, with validators.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-4.1
 */
export const userResource: ResourceDefinition<User, UserInput, UserPaths> = /* @__PURE__ */ (() =>
  defineResource<User, UserInput, UserPaths>({
    ...userParts,
    validation: userValidation,
  }))()
