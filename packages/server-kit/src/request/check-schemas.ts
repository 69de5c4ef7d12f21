import { type ResourceDefinition, ScimError } from '@scimkit/core/schema'
import { ignoreUnknownSchema } from '../compatibility/ignore-unknown-schema.js'
import type { Reading } from '../compatibility/reading.js'

/**
 * Checks the `schemas` of a body that holds a resource.
 *
 * @param definition Definition of the resource type.
 * @param schemas Value of `schemas` as it came.
 * @param reading Rules of reading.
 * @throws {ScimError} 400 `invalidSyntax` without the base schema, or for an unknown URI where the rules refuse it.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-3
 */
export function checkSchemas(definition: ResourceDefinition, schemas: unknown, reading: Reading): void {
  if (!Array.isArray(schemas) || schemas.length === 0 || !schemas.every((uri) => typeof uri === 'string')) {
    throw invalidSyntax(`schemas must list ${definition.schema.id} and the extensions in use`)
  }
  if (schemas.length === 1 && schemas[0] === definition.schema.id) return
  const known = schemas.map((uri) => ignoreUnknownSchema(definition, uri, reading))
  if (!known.includes(definition.schema.id)) throw invalidSyntax(`schemas must list ${definition.schema.id}`)
}

/**
 * Lists the schemas that a resource uses: the base schema and each extension with a value.
 *
 * @param definition Definition of the resource type.
 * @param resource Resource in schema spelling, without unassigned attributes.
 * @returns URIs in their registered spelling.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-3
 */
export function listSchemas(definition: ResourceDefinition, resource: object): readonly string[] {
  const used = definition.extensions.filter(({ extension }) => Object.hasOwn(resource, extension.urn))
  return [definition.schema.id, ...used.map(({ extension }) => extension.urn)]
}

function invalidSyntax(detail: string): ScimError {
  return new ScimError(400, detail, { scimType: 'invalidSyntax' })
}
