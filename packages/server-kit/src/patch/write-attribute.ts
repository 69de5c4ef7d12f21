import { isUnassigned, type ResourceDefinition, type SchemaDefinition } from '@scimkit/core/schema'
import { listOf } from './change-value.js'
import { patchError } from './patch-error.js'
import { isMembers, type Members, readMember, writeMember } from './write-member.js'

/**
 * Writes an attribute into a copy of the resource, and keeps `schemas` true: an extension is listed when it gets its
 * first attribute, and goes with its container when it loses the last one.
 *
 * @param definition Definition of the resource.
 * @param resource Resource so far.
 * @param extension Extension whose container holds the attribute; absent at the root.
 * @param name Name of the attribute in schema spelling.
 * @param value New value; `undefined` unassigns.
 * @returns The changed copy.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export function writeAttribute(
  definition: ResourceDefinition,
  resource: Members,
  extension: SchemaDefinition | undefined,
  name: string,
  value: unknown,
): Members {
  if (!extension) return writeMember(resource, name, value)
  const before = readMember(resource, extension.id)
  const container = writeMember(isMembers(before) ? before : {}, name, value)
  const isEmpty = isUnassigned(container)
  const next = writeMember(resource, extension.id, isEmpty ? undefined : container)
  return listExtension(definition, next, extension.id, !isEmpty)
}

/**
 * Removes the container of an extension with all that a client may remove.
 *
 * @param definition Definition of the resource.
 * @param resource Resource so far.
 * @param extension Extension to remove.
 * @returns The changed copy; the same reference when the resource does not use the extension.
 * @throws {ScimError} 400 `mutability` when it holds immutable values.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2.2
 */
export function removeExtension(
  definition: ResourceDefinition,
  resource: Members,
  extension: SchemaDefinition,
): Members {
  const container = readMember(resource, extension.id)
  let next = resource
  for (const { name, mutability } of extension.attributes) {
    if (isUnassigned(readMember(container, name)) || mutability === 'readOnly') continue
    if (mutability === 'immutable')
      throw patchError('mutability', `${extension.id}:${name} is immutable and has a value`)
    next = writeAttribute(definition, next, extension, name, undefined)
  }
  return listExtension(definition, next, extension.id, !isUnassigned(readMember(next, extension.id)))
}

function listExtension(definition: ResourceDefinition, resource: Members, urn: string, isUsed: boolean): Members {
  const schemas = listOf(readMember(resource, 'schemas'))
  if (schemas.includes(urn) === isUsed) return resource
  const base = schemas.length === 0 ? [definition.schema.id] : schemas
  const next = isUsed ? [...base, urn] : base.filter((uri) => uri !== urn)
  return writeMember(resource, 'schemas', next)
}
