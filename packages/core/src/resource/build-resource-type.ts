import type { ResourceType } from '../generated/resource-type.types.gen.js'
import { urns } from '../urns.js'
import type { ResourceDefinition } from './resource-definition.js'

/**
 * Builds the ResourceType document of a definition.
 *
 * @param definition Definition that a service provider serves.
 * @returns The document without `meta`, which the service provider adds.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-6
 */
export function buildResourceType(definition: ResourceDefinition): ResourceType {
  return {
    schemas: [urns.resourceType],
    id: definition.name,
    name: definition.name,
    ...(definition.description === undefined ? {} : { description: definition.description }),
    endpoint: definition.endpoint,
    schema: definition.schema.id,
    ...(definition.extensions.length > 0 && {
      schemaExtensions: definition.extensions.map(({ extension, required }) => ({ schema: extension.urn, required })),
    }),
  }
}
