import { buildListResponse, buildResourceType } from '@scimkit/core/internal'
import {
  foldCase,
  type ResourceType,
  type Schema,
  ScimError,
  type ServiceProviderConfig,
  urns,
} from '@scimkit/core/schema'
import { respondWithJson } from '../response/scim-response.js'
import type { RequestContext, ScimResponse } from '../service/request-context.js'
import type { ServedResource } from '../service/served-resource.js'
import type { Service } from '../service/service.js'

/**
 * `GET /ServiceProviderConfig`
 *
 * @param context Request.
 * @returns 200 with what this service provider can do.
 * @throws {ScimError} 403 with a filter.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-5
 */
export async function getServiceProviderConfig(context: RequestContext): Promise<ScimResponse> {
  checkDiscovery(context)
  return respondWithJson(200, buildConfig(context.service, context.baseUrl))
}

/**
 * Builds the document of what a service provider can do, from what it really has switched on.
 *
 * @param service Service provider.
 * @param baseUrl URL of the service root, without a slash at the end.
 * @returns The document with `meta`.
 */
function buildConfig(service: Service, baseUrl: string): ServiceProviderConfig {
  const { limits, options } = service
  return {
    schemas: [urns.serviceProviderConfig],
    ...(options.documentationUri === undefined ? {} : { documentationUri: options.documentationUri }),
    patch: { supported: true },
    bulk: { supported: true, maxOperations: limits.maxBulkOperations, maxPayloadSize: limits.maxBulkBytes },
    filter: { supported: true, maxResults: limits.maxPageSize },
    changePassword: { supported: options.hooks?.setPassword !== undefined },
    sort: { supported: true },
    etag: { supported: true },
    authenticationSchemes: [...service.authenticationSchemes],
    pagination: {
      cursor: true,
      index: true,
      defaultPaginationMethod: 'index',
      defaultPageSize: limits.defaultPageSize,
      maxPageSize: limits.maxPageSize,
      cursorTimeout: limits.cursorTimeout,
    },
    meta: { resourceType: 'ServiceProviderConfig', location: `${baseUrl}/ServiceProviderConfig` },
  }
}

/**
 * `GET /ResourceTypes`
 *
 * @param context Request.
 * @returns 200 with all resource types in one page.
 * @throws {ScimError} 403 with a filter.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-4
 */
export async function listResourceTypes(context: RequestContext): Promise<ScimResponse> {
  checkDiscovery(context)
  const documents = context.service.served.map((served) => documentOf(context, served))
  return respondWithJson(200, buildListResponse(documents, { totalResults: documents.length, startIndex: 1 }))
}

/**
 * `GET /ResourceTypes/{name}`
 *
 * @param context Request.
 * @param name Name of the resource type, in any case.
 * @returns 200 with the resource type.
 * @throws {ScimError} 404.
 */
export async function getResourceType(context: RequestContext, name: string): Promise<ScimResponse> {
  checkDiscovery(context)
  const folded = foldCase(name)
  const found = context.service.served.find(({ definition }) => foldCase(definition.name) === folded)
  if (!found) throw new ScimError(404, 'There is no resource type with this name')
  return respondWithJson(200, documentOf(context, found))
}

function documentOf(context: RequestContext, { definition }: ServedResource): ResourceType {
  const location = `${context.baseUrl}/ResourceTypes/${encodeURIComponent(definition.name)}`
  return { ...buildResourceType(definition), meta: { resourceType: 'ResourceType', location } }
}

/**
 * `GET /Schemas`
 *
 * @param context Request.
 * @returns 200 with the schemas of all resource types and their extensions in one page.
 * @throws {ScimError} 403 with a filter.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-4
 */
export async function listSchemas(context: RequestContext): Promise<ScimResponse> {
  checkDiscovery(context)
  const documents = [...(await findDocuments(context.service)).values()].map((schema) => withMeta(context, schema))
  return respondWithJson(200, buildListResponse(documents, { totalResults: documents.length, startIndex: 1 }))
}

/**
 * `GET /Schemas/{urn}`
 *
 * @param context Request.
 * @param urn URN of the schema, in any case.
 * @returns 200 with the schema.
 * @throws {ScimError} 404.
 */
export async function getSchema(context: RequestContext, urn: string): Promise<ScimResponse> {
  checkDiscovery(context)
  const found = (await findDocuments(context.service)).get(foldCase(urn))
  if (!found) throw new ScimError(404, 'There is no schema with this URN')
  return respondWithJson(200, withMeta(context, found))
}

const loaded = new WeakMap<Service, Promise<ReadonlyMap<string, Schema>>>()

/**
 * Loads the documents of all schemas with their descriptions, once.
 *
 * @param service Service provider.
 * @returns Documents by folded URN.
 */
export function findDocuments(service: Service): Promise<ReadonlyMap<string, Schema>> {
  const known = loaded.get(service)
  if (known) return known
  const loading = loadDocuments(service)
  loaded.set(service, loading)
  loading.catch(() => loaded.delete(service)) // the next request tries again
  return loading
}

async function loadDocuments({ served }: Service): Promise<ReadonlyMap<string, Schema>> {
  const documents = new Map<string, Schema>()
  for (const { definition } of served) {
    const sources = [definition, ...definition.extensions.map(({ extension }) => extension)]
    for (const source of sources) {
      const urn = foldCase(source.schema.id)
      if (!documents.has(urn)) documents.set(urn, await source.describe())
    }
  }
  for (const document of [...documents.values()]) {
    for (const nested of listNested(document)) {
      if (!documents.has(foldCase(nested.id))) documents.set(foldCase(nested.id), nested)
    }
  }
  return documents
}

/** An extension within an extension is a schema, too; values such as `pairingMethods` name it (RFC 9944). */
function listNested({ schemas, attributes }: Schema): readonly Schema[] {
  return attributes.flatMap(({ name, description, subAttributes = [] }) =>
    name.includes(':')
      ? [{ schemas, id: name, name, ...(description && { description }), attributes: subAttributes }]
      : [],
  )
}

function withMeta(context: RequestContext, schema: Schema): Schema {
  const location = `${context.baseUrl}/Schemas/${encodeURIComponent(schema.id).replaceAll('%3A', ':')}`
  return { ...schema, meta: { resourceType: 'Schema', location } }
}

/**
 * Refuses a filter; sorting and paging parameters are ignored here.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-4
 */
function checkDiscovery(context: RequestContext): void {
  if (context.parameters.filter !== undefined) {
    throw new ScimError(403, 'Discovery endpoints cannot be filtered; leave the filter out')
  }
}
