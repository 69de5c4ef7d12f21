import { isUnassigned, type ResourceDefinition } from '@scimkit/core/schema'

/**
 * Lists the schemas that a resource uses: the base schema and each extension with a value.
 *
 * @param definition Definition of the resource type.
 * @param resource Resource in schema spelling.
 * @returns URIs in their registered spelling.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-3
 */
export function listUsedSchemas(definition: ResourceDefinition, resource: object): readonly string[] {
  const used = [definition.schema.id]
  for (const { extension } of definition.extensions) {
    if (!isUnassigned((resource as Readonly<Record<string, unknown>>)[extension.urn])) used.push(extension.urn)
  }
  return used
}
