export { enterpriseUser, groupResource, userResource } from './resource/mini-resources.js'
export {
  buildExtensionSchemas,
  buildResourceSchemas,
  defineValidation,
  type MiniShape,
  type SchemaShapes,
  type UseSchemas,
  type ZodValidation,
} from './validation/zod-mini.js'
export { type SimpleMiniSchemas, type ValueMiniSchemas, valueSchemas } from './validation/mini-values.js'
