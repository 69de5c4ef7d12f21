export type { components, operations, paths } from './generated/openapi.gen.js'
export type { OpenApiDocument, OpenApiOptions } from './openapi/build-openapi.js'
export { loadOpenApi } from './openapi/load-openapi.js'
