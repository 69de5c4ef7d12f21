import { isUnassigned } from '@scimkit/core/internal'
import { foldCase, type ResourceDefinition } from '@scimkit/core/schema'
import { badRequest } from '../bad-request.js'
import { isWithoutSchemas } from './read-message.js'
import { type Reading, tolerate } from './reading.js'

/**
 * Reads `schemas` of a resource that a client sends: registered spelling, each URI once, and every extension that the
 * resource uses.
 *
 * @param definition Definition whose schemas are known.
 * @param resource Resource in schema spelling.
 * @param reading Rules and the receiver of notes.
 * @returns The URIs; the same reference when the list was right.
 * @throws {ScimError} 400 `invalidSyntax` when it is not a list, or the base schema is not in it.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-3
 */
export function readSchemas(
  definition: ResourceDefinition,
  resource: Readonly<Record<string, unknown>>,
  reading: Reading,
): readonly string[] {
  const { id } = definition.schema
  const given: unknown = resource.schemas
  if (isWithoutSchemas(given)) {
    const detail = `a body without schemas was read as a ${definition.name}`
    if (tolerate(reading, { rule: 'resourceWithoutSchemas', path: 'schemas', detail }))
      return listUsedSchemas(definition, resource)
  }
  if (!isTexts(given)) throw badRequest('invalidSyntax', `schemas must be a list that holds ${id}`)
  if (isExact(definition, resource, given)) return given
  refuseRepeated(given, reading)
  const known = new Set<string>()
  for (const uri of given) {
    if (isNestedExtension(definition, uri)) continue
    const registered = readSchemaUri(definition, uri, reading)
    if (registered !== undefined) known.add(registered)
  }
  if (!known.has(id)) throw badRequest('invalidSyntax', `schemas must hold ${id}`)
  for (const { extension } of definition.extensions) {
    if (known.has(extension.urn) || isUnassigned(resource[extension.urn])) continue
    const detail = 'the URN of an extension in use was added to schemas'
    if (!tolerate(reading, { rule: 'inexactSchemas', path: 'schemas', detail })) {
      throw badRequest('invalidSyntax', `schemas must hold ${extension.urn}, since the body uses it`)
    }
    known.add(extension.urn)
  }
  const schemas = [...known]
  return schemas.length === given.length && schemas.every((uri, at) => uri === given[at]) ? given : schemas
}

/**
 * Refuses a list that holds a URI twice, without regard to case. Rule `inexactSchemas`: it counts once.
 *
 * @param schemas Value for `schemas`.
 * @param reading Rules and the receiver of notes.
 * @throws {ScimError} 400 `invalidSyntax` where the rule is off.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-3
 */
export function refuseRepeated(schemas: readonly unknown[], reading: Reading): void {
  const folded = schemas.map((uri) => (typeof uri === 'string' ? foldCase(uri) : uri))
  if (new Set(folded).size === schemas.length) return
  if (
    tolerate(reading, { rule: 'inexactSchemas', path: 'schemas', detail: 'a URI that is listed twice was read once' })
  )
    return
  throw badRequest('invalidSyntax', 'schemas lists a URI twice; list it once')
}

/** The examples of RFC 9944 list no extension within an extension, so one that is listed says nothing. */
function isNestedExtension(definition: ResourceDefinition, uri: string): boolean {
  const { extension, attribute } = definition.index.get(foldCase(uri)) ?? {}
  return extension !== undefined && attribute !== undefined && foldCase(attribute.name) === foldCase(uri)
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

const scim1Core = 'urn:scim:schemas:core:1.0'

/**
 * Finds the schema that a URI in `schemas` names, without regard to case. Rule `ignoreUnknownSchema`: a URI that is
 * unknown is ignored, and SCIM 1.1's core schema stands for the base schema.
 *
 * @param definition Definition whose schemas are known.
 * @param uri One value of `schemas`.
 * @param reading Rules and the receiver of notes.
 * @returns The URI in its registered spelling; `undefined` when it is ignored.
 * @throws {ScimError} 400 `invalidSyntax` where the rule is off.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-3
 */
export function readSchemaUri(definition: ResourceDefinition, uri: string, reading: Reading): string | undefined {
  const folded = foldCase(uri)
  if (folded === foldCase(definition.schema.id)) return definition.schema.id
  const known = definition.index.get(folded)
  if (known?.extension && !known.attribute) return known.extension.id
  const path = 'schemas'
  if (folded === scim1Core) {
    const detail = `${scim1Core} was read as ${definition.schema.id}`
    if (tolerate(reading, { rule: 'ignoreUnknownSchema', path, detail })) return definition.schema.id
  } else if (
    tolerate(reading, {
      rule: 'ignoreUnknownSchema',
      path,
      detail: 'a URI that names no schema of the resource was ignored',
    })
  ) {
    return undefined
  }
  throw badRequest('invalidSyntax', `schemas holds a URI that is not a schema of ${definition.name}`)
}

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
