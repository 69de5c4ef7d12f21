import type { Group, GroupInput, GroupPaths } from '../generated/group.types.gen.js'
import { groupValidation } from '../generated/group.zod.gen.js'
import { groupParts } from './group.js'
import { defineResource, type ResourceDefinition } from './resource-definition.js'

/**
 * The Group resource type, with validators.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-4.2
 */
export const groupResource: ResourceDefinition<Group, GroupInput, GroupPaths> = /* @__PURE__ */ (() =>
  defineResource<Group, GroupInput, GroupPaths>({
    ...groupParts,
    validation: groupValidation,
  }))()
