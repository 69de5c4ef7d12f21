import { addResource, type Components, type OpenApiResourceType, type OpenApiSchema } from './add-resource.js'
import type { OpenApiObject } from './describe-attributes.js'
import { describeMe, describeResourcePaths, type ResourceEndpoint } from './describe-resource-paths.js'
import { describeDiscoveryPaths, describeServicePaths } from './describe-service-paths.js'
import { discoveryComponents } from './discovery-components.js'
import { describeListResponse, messageComponents } from './message-components.js'
import { schemaRef } from './schema-object.js'
import { sharedHeaders, sharedParameters, sharedResponses } from './shared-components.js'

/** What {@link buildOpenApi} describes. */
export interface OpenApiOptions {
  /** Base schemas and extensions; others are left out. */
  readonly schemas: readonly OpenApiSchema[]
  readonly resourceTypes: readonly OpenApiResourceType[]
  /** Title of the document. Default: `SCIM 2.0`. */
  readonly title?: string | undefined
  /** Version of the described service. Default: `2.0`. */
  readonly version?: string | undefined
  /** URL of the service root, absolute or relative. Default: `/scim/v2`. */
  readonly serverUrl?: string | undefined
  /** URL of the OAuth token endpoint, where clients get tokens by their credentials. */
  readonly tokenUrl?: string | undefined
}

/** An OpenAPI 3.1 document. @see https://spec.openapis.org/oas/v3.1.0 */
export interface OpenApiDocument {
  readonly openapi: '3.1.0'
  readonly info: OpenApiObject
  readonly servers: readonly OpenApiObject[]
  readonly tags: readonly OpenApiObject[]
  readonly security: readonly OpenApiObject[]
  readonly paths: { readonly [path: string]: OpenApiObject }
  readonly components: {
    readonly schemas: { readonly [name: string]: OpenApiObject }
    readonly parameters: OpenApiObject
    readonly headers: OpenApiObject
    readonly responses: OpenApiObject
    readonly securitySchemes: OpenApiObject
  }
}

/**
 * Builds the OpenAPI document of a SCIM service: every endpoint of RFC 7644 §3.2, messages, errors, security schemes.
 *
 * @param options Schemas, resource types, and where the service lives.
 * @returns The document as data; equal options give equal documents.
 * @throws {TypeError} When a resource type names a schema that is not given, or an endpoint is there twice.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.2
 */
export function buildOpenApi(options: OpenApiOptions): OpenApiDocument {
  const components: Components = { ...(messageComponents as Components), ...(discoveryComponents as Components) } // objects all of them
  const resources = options.resourceTypes.map((type) => addResource(type, options.schemas, components))
  const outputs = anyOf(resources.map(({ output }) => output))
  components.ListResponse = describeListResponse(outputs)
  components.ResourceTypeList = describeListResponse(schemaRef('ResourceType'))
  components.SchemaList = describeListResponse(schemaRef('Schema'))
  return {
    openapi: '3.1.0',
    info: { title: options.title ?? 'SCIM 2.0', version: options.version ?? '2.0' },
    servers: [{ url: options.serverUrl ?? '/scim/v2' }],
    tags: describeTags(options.resourceTypes),
    security: securityOf(options),
    paths: collectPaths(resources, outputs),
    components: {
      schemas: components,
      parameters: sharedParameters,
      headers: sharedHeaders,
      responses: sharedResponses,
      securitySchemes: describeSecurity(options),
    },
  }
}

function collectPaths(resources: readonly ResourceEndpoint[], outputs: OpenApiObject): OpenApiDocument['paths'] {
  const inputs = anyOf(resources.map(({ input }) => input))
  const paths: Record<string, OpenApiObject> = {}
  for (const group of [
    ...resources.map(describeResourcePaths),
    describeServicePaths(),
    ...(resources.length > 0 ? [{ '/Me': describeMe(outputs, inputs) }] : []),
    describeDiscoveryPaths(),
  ]) {
    for (const [path, item] of Object.entries(group)) {
      if (Object.hasOwn(paths, path)) throw new TypeError(`Two endpoints have the path ${path}; give each its own`)
      paths[path] = item as OpenApiObject // path items are objects
    }
  }
  return paths
}

function anyOf(names: readonly string[]): OpenApiObject {
  const [only] = names
  if (only === undefined) return { type: 'object' }
  return names.length === 1 ? schemaRef(only) : { anyOf: names.map(schemaRef) }
}

function describeTags(types: readonly OpenApiResourceType[]): readonly OpenApiObject[] {
  return [
    ...types.map(({ name, description }) => ({ name, ...(description && { description }) })),
    ...['Search', 'Bulk', 'Me', 'Discovery']
      .filter((tag) => !types.some(({ name }) => name === tag))
      .map((name) => ({ name })),
  ]
}

function securityOf({ tokenUrl }: OpenApiOptions): readonly OpenApiObject[] {
  return [{ bearer: [] }, { basic: [] }, ...(tokenUrl === undefined ? [] : [{ oauth2: [] }])]
}

function describeSecurity({ tokenUrl }: OpenApiOptions): OpenApiObject {
  return {
    bearer: { type: 'http', scheme: 'bearer', description: 'A token in the Authorization header (RFC 6750).' },
    basic: { type: 'http', scheme: 'basic', description: 'Name and password (RFC 7617); discouraged.' },
    ...(tokenUrl !== undefined && {
      oauth2: { type: 'oauth2', flows: { clientCredentials: { tokenUrl, scopes: {} } } },
    }),
  }
}
