import type {
  EnterpriseUser,
  EnterpriseUserInput,
  EnterpriseUserPaths,
} from '../generated/enterprise-user.types.gen.js'
import { enterpriseUserValidation } from '../generated/enterprise-user.zod.gen.js'
import { type EnterpriseUserUrn, enterpriseUserParts } from './enterprise-user.js'
import { defineExtension, type SchemaExtension } from './resource-definition.js'

/**
 * The enterprise extension of User, with validators.
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
    validation: enterpriseUserValidation,
  }))()
