import { isUnassigned, type ResourceDefinition } from '@scimkit/core/schema'
import { patchError } from '../patch/patch-error.js'
import { ignoreUnknownSchema } from './ignore-unknown-schema.js'
import type { Reading } from './reading.js'

/**
 * Reads `schemas` of a resource that a client sends: registered spelling, each URI once, and every extension that the
 * resource uses.
 *
 * @param definition Definition whose schemas are known.
 * @param resource Resource in schema spelling.
 * @param reading Rules and the receiver of notes.
 * @returns The URIs; the same reference when the list was right.
 * @throws {ScimError} 400 `invalidSyntax` when it is no list, or the base schema is not in it.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-3
 */
export function readSchemas(
  definition: ResourceDefinition,
  resource: Readonly<Record<string, unknown>>,
  reading: Reading,
): readonly string[] {
  const { id } = definition.schema
  const given: unknown = resource.schemas
  if (!isTexts(given)) throw patchError('invalidSyntax', `schemas must be a list that holds ${id}`)
  if (isExact(definition, resource, given)) return given
  const known = new Set<string>()
  for (const uri of given) {
    const registered = ignoreUnknownSchema(definition, uri, reading)
    if (registered !== undefined) known.add(registered)
  }
  if (!known.has(id)) throw patchError('invalidSyntax', `schemas must hold ${id}`)
  for (const { extension } of definition.extensions) {
    if (!isUnassigned(resource[extension.urn])) known.add(extension.urn)
  }
  const schemas = [...known]
  return schemas.length === given.length && schemas.every((uri, at) => uri === given[at]) ? given : schemas
}

/** Most clients list exactly what they use, in the registered spelling. */
function isExact(
  definition: ResourceDefinition,
  resource: Readonly<Record<string, unknown>>,
  given: readonly string[],
): boolean {
  let used = 1
  for (const { extension } of definition.extensions) {
    if (isUnassigned(resource[extension.urn])) continue
    if (!given.includes(extension.urn)) return false
    used++
  }
  return given.length === used && given.includes(definition.schema.id)
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}
