import { userSchema } from '../generated/user.schema.gen.js'
import type { User, UserInput, UserPaths } from '../generated/user.types.gen.js'
import { defineResource } from './define-resource.js'
import { describeSchema } from './describe-schema.js'
import type { ResourceDefinition, ResourceParts } from './resource-definition.js'

/** Parts of the User definition, which the entry with validators completes. */
export const userParts: ResourceParts = /* @__PURE__ */ (() => ({
  name: 'User',
  endpoint: '/Users',
  description: 'Account of a person or service.',
  schema: userSchema,
  async describe() {
    const { userDescriptions } = await import('../generated/user.descriptions.gen.js')
    return describeSchema(userSchema, userDescriptions)
  },
}))()

/**
 * The User resource type.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-4.1
 */
export const userResource: ResourceDefinition<User, UserInput, UserPaths> = /* @__PURE__ */ (() =>
  defineResource<User, UserInput, UserPaths>(userParts))()
