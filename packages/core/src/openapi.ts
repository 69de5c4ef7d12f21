/** Use it for the types and the OpenAPI document of a service with Users and Groups; the document is loaded on use. */

export type { components, operations, paths } from './generated/openapi.gen.js'
export type { OpenApiDocument, OpenApiOptions } from './openapi/build-openapi.js'
export { loadOpenApi } from './openapi/load-openapi.js'
