/**
 * Use it where validators are written out, as `scim-codegen generate` does: what they are made of with zod. The ready
 * ones are in `@scimkit/core`.
 */

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
} from './validation/zod.js'
