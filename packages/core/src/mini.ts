/**
 * Use it for small bundles: User, Group and the enterprise extension with validators of zod/mini, and what the code
 * needs that `scim-codegen generate --zod zod/mini` makes.
 */

// Definitions.

export { enterpriseUser, groupResource, userResource } from './resource/mini-resources.js'

// What generated validators are made of.

export type { SchemaShapes } from './validation/dialect.js'
export {
  buildExtensionSchemas,
  buildResourceSchemas,
  defineValidation,
  type SimpleSchemas,
  type UseSchemas,
  type ValueSchemas,
  valueSchemas,
  type ZodValidation,
} from './validation/zod-mini.js'
