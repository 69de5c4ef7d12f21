import {
  buildOpenApi,
  foldCase,
  type OpenApiDocument,
  readSchemas,
  type SchemaDocument,
  urns,
} from '@scimkit/core/documents'
import type { SourceReading } from '../input/sources.js'

/**
 * Builds the OpenAPI document of the service that a run's documents describe. Schemas of the standard that resource
 * types name and no file holds are taken from core, as the generated definitions take them.
 *
 * @param sources What the files hold.
 * @returns The document.
 * @throws {TypeError} When a resource type names a schema that is nowhere, or an endpoint is there twice.
 */
export async function describeService({ schemas, resourceTypes }: SourceReading): Promise<OpenApiDocument> {
  const given = schemas.map(({ schema }) => schema)
  const types = resourceTypes.map(({ resourceType }) => resourceType)
  const known = new Set(given.map(({ definition }) => foldCase(definition.id)))
  const named = types.flatMap((type) => [type.schema, ...type.schemaExtensions.map(({ schema }) => schema)])
  const missing = new Set(named.map(foldCase).filter((urn) => !known.has(urn)))
  return buildOpenApi({ schemas: [...given, ...(await loadBundled(missing))], resourceTypes: types })
}

/**
 * Loads schemas of the standard from core. Its code is loaded only here, since it is itself generated.
 *
 * @param wanted Folded URNs.
 * @returns Those of them that core has ready.
 */
export async function loadBundled(wanted: ReadonlySet<string>): Promise<readonly SchemaDocument[]> {
  const standard = [urns.user, urns.group, urns.enterpriseUser].map(foldCase)
  if (!standard.some((urn) => wanted.has(urn))) return []
  const { enterpriseUser, groupResource, userResource } = await import('@scimkit/core/schema')
  const documents = await Promise.all([userResource, groupResource, enterpriseUser].map((item) => item.describe()))
  return readSchemas(documents).schemas.filter(({ definition }) => wanted.has(foldCase(definition.id)))
}
