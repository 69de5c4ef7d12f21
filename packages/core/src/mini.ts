export { enterpriseUser, groupResource, userResource } from './resource/mini-resources.js'
export {
  buildExtensionSchemas,
  buildResourceSchemas,
  defineValidation,
  type MiniShape,
  type SchemaShapes,
  type UseSchemas,
  type ZodValidation,
} from './resource/mini-validation.js'
export { type SimpleMiniSchemas, type ValueMiniSchemas, valueSchemas } from './resource/mini-values.js'
