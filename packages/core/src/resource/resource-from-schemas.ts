import { nestSchemas } from '../documents/nest-schemas.js'
import { type ReadOptions, readSchemas, type SchemaReading } from '../documents/read-schema.js'
import type { SchemaDocument } from '../documents/schema-document.js'
import { foldCase } from '../text/fold-case.js'
import { extensionValidation, resourceValidation } from '../validation/zod.js'
import { defineExtension, defineResource } from './define-resource.js'
import { describeSchema } from './describe-schema.js'
import type { ResourceDefinition, SchemaExtension } from './resource-definition.js'

type Documents = ReadonlyMap<string, SchemaDocument>

/** A resource of a type that no compiler knows. */
export type RuntimeResource = Readonly<Record<string, unknown>>

/**
 * Makes the definition of a resource type that is known only at run time, such as one that a service provider
 * publishes. Its validators judge exactly as generated ones do.
 *
 * @param schemaDocuments Parsed schema documents: a list of them, a ListResponse, or a single one. The base schema and
 * every extension of the resource type must be among them.
 * @param resourceType Parsed ResourceType document.
 * @param options `lenient: true` accepts what vendors publish beyond the RFC.
 * @returns The definition, extensions included.
 * @throws {TypeError} When a document is faulty or missing; the message names the attribute path of each fault.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-6
 */
export function resourceFromSchemas(
  schemaDocuments: unknown,
  resourceType: object,
  options: ReadOptions = {},
): ResourceDefinition<RuntimeResource, RuntimeResource> {
  const { schemas } = readSound(schemaDocuments, options)
  const { resourceTypes, warnings } = readSound(resourceType, options)
  const [given] = resourceTypes
  if (!given) {
    const why = warnings.map(({ message }) => `; ${message}`).join('')
    throw new TypeError(`The second argument must be a ResourceType document, with name, endpoint and schema${why}`)
  }
  const nested = nestSchemas(
    schemas.map((document) => ({ schema: document })),
    [{ resourceType: given }],
  )
  const documents = indexDocuments(nested.schemas.map((document) => document.schema))
  const type = nested.resourceTypes[0]?.resourceType ?? given
  const { definition: schema, descriptions } = requireDocument(documents, type.schema)
  const resource = defineResource<RuntimeResource, RuntimeResource, unknown>({
    name: type.name,
    endpoint: type.endpoint,
    description: type.description,
    schema,
    validation: resourceValidation(schema),
    describe: async () => describeSchema(schema, descriptions),
  })
  return type.schemaExtensions.reduce<ResourceDefinition>(
    (extended, { schema: urn, required }) => extended.extend(buildExtension(documents, urn), { required }),
    resource,
  ) as ResourceDefinition<RuntimeResource, RuntimeResource> // extensions known at run time alone add nothing to the types
}

function buildExtension(documents: Documents, urn: string): SchemaExtension {
  const { definition: schema, descriptions } = requireDocument(documents, urn)
  return defineExtension({
    schema,
    validation: extensionValidation(schema),
    describe: async () => describeSchema(schema, descriptions),
  })
}

function readSound(document: unknown, options: ReadOptions): SchemaReading {
  const reading = readSchemas(document, options)
  if (reading.faults.length === 0) return reading
  const lines = reading.faults.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
  const hint = reading.faults.some(({ readAs }) => readAs !== undefined) ? '; { lenient: true } takes more' : ''
  throw new TypeError(`The schemas cannot be used: ${lines.join('; ')}${hint}`)
}

function indexDocuments(schemas: readonly SchemaDocument[]): Documents {
  return new Map(schemas.map((document) => [foldCase(document.definition.id), document]))
}

function requireDocument(documents: Documents, urn: string): SchemaDocument {
  const document = documents.get(foldCase(urn))
  if (!document) throw new TypeError(`The resource type names ${urn}, but no such schema is given`)
  return document
}
