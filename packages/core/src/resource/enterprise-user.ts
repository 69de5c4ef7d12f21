import { enterpriseUserSchema } from '../generated/enterprise-user.schema.gen.js'
import type {
  EnterpriseUser,
  EnterpriseUserInput,
  EnterpriseUserPaths,
} from '../generated/enterprise-user.types.gen.js'
import type { urns } from '../urns.js'
import { defineExtension } from './define-resource.js'
import { describeSchema } from './describe-schema.js'
import type { ExtensionParts, SchemaExtension } from './resource-definition.js'

/** URN of the enterprise extension, as a type. */
export type EnterpriseUserUrn = (typeof urns)['enterpriseUser']

/** Parts of the enterprise extension, which the entry with validators completes. */
export const enterpriseUserParts: ExtensionParts = /* @__PURE__ */ (() => ({
  schema: enterpriseUserSchema,
  async describe() {
    const { enterpriseUserDescriptions } = await import('../generated/enterprise-user.descriptions.gen.js')
    return describeSchema(enterpriseUserSchema, enterpriseUserDescriptions)
  },
}))()

/**
 * The enterprise extension of User.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-4.3
 */
export const enterpriseUser: SchemaExtension<
  EnterpriseUserUrn,
  EnterpriseUser,
  EnterpriseUserInput,
  EnterpriseUserPaths
> = /* @__PURE__ */ (() =>
  defineExtension<EnterpriseUserUrn, EnterpriseUser, EnterpriseUserInput, EnterpriseUserPaths>(enterpriseUserParts))()
