import { buildListResponse, foldCase, type Schema, ScimError } from '@scimkit/core/schema'
import { checkDiscovery } from '../request/check-discovery.js'
import type { RequestContext, ScimResponse } from '../request-context.js'
import { respondWithJson } from '../response/scim-response.js'
import type { Service } from '../service/service.js'

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
