export type { OpenApiDocument, OpenApiOptions } from './documents/build-openapi.js'
export { loadOpenApi } from './documents/load-openapi.js'
export type { components, operations, paths } from './generated/openapi.gen.js'
