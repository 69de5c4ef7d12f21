import { groupSchema } from '../generated/group.schema.gen.js'
import type { Group, GroupInput, GroupPaths } from '../generated/group.types.gen.js'
import { defineResource } from './define-resource.js'
import { describeSchema } from './describe-schema.js'
import type { ResourceDefinition, ResourceParts } from './resource-definition.js'

/** Parts of the Group definition, which the entry with validators completes. */
export const groupParts: ResourceParts = /* @__PURE__ */ (() => ({
  name: 'Group',
  endpoint: '/Groups',
  description: 'Group of users and, where the provider allows it, of other groups.',
  schema: groupSchema,
  async describe() {
    const { groupDescriptions } = await import('../generated/group.descriptions.gen.js')
    return describeSchema(groupSchema, groupDescriptions)
  },
}))()

/**
 * The Group resource type.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-4.2
 */
export const groupResource: ResourceDefinition<Group, GroupInput, GroupPaths> = /* @__PURE__ */ (() =>
  defineResource<Group, GroupInput, GroupPaths>(groupParts))()
