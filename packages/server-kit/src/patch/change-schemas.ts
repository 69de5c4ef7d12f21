import { isUnassigned, type PatchOperation, type ResourceDefinition } from '@scimkit/core/schema'
import { ignoreUnknownSchema } from '../compatibility/ignore-unknown-schema.js'
import type { Reading } from '../compatibility/reading.js'
import { changeAttribute } from './change-attribute.js'
import { listOf } from './change-value.js'
import { patchError } from './patch-error.js'
import { sameJson } from './same-json.js'
import type { AttributeSelection } from './select-target.js'
import { removeExtension } from './write-attribute.js'
import { type Members, readMember, writeMember } from './write-member.js'

/**
 * Applies an operation to `schemas`. URIs are brought into their registered spelling. The base schema cannot go; an
 * extension that is removed by name goes with its attributes, one that a new list merely leaves out stays while it
 * has any.
 *
 * @param definition Definition of the resource.
 * @param resource Resource so far.
 * @param selection Selection of `schemas`.
 * @param operation Operation with its value as it came.
 * @param reading Rules and the receiver of notes.
 * @returns The changed copy; the same reference when nothing changed.
 * @throws {ScimError} 400 `mutability` for the base schema, `invalidSyntax` for an unknown URI.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-3
 */
export function changeSchemas(
  definition: ResourceDefinition,
  resource: Members,
  selection: AttributeSelection,
  operation: PatchOperation,
  reading: Reading,
): Members {
  const current = readMember(resource, 'schemas')
  const value = registeredUris(definition, operation.value, reading)
  const before = listOf(current)
  const changed = listOf(changeAttribute(selection, current, { ...operation, value }, reading))
  const { id } = definition.schema
  if (before.includes(id) && !changed.includes(id)) throw patchError('mutability', `schemas must hold ${id}`)
  const dropped = definition.extensions
    .map(({ extension }) => extension.schema)
    .filter(({ id: urn }) => before.includes(urn) && !changed.includes(urn))
  if (operation.op === 'remove') {
    const listed = changed === before ? resource : writeMember(resource, 'schemas', changed)
    return dropped.reduce((next, extension) => removeExtension(definition, next, extension), listed)
  }
  const used = dropped.map(({ id: urn }) => urn).filter((urn) => !isUnassigned(readMember(resource, urn)))
  const after = [...changed, ...used]
  return sameJson(after, before) ? resource : writeMember(resource, 'schemas', after)
}

function registeredUris(definition: ResourceDefinition, value: unknown, reading: Reading): unknown {
  if (typeof value === 'string') return ignoreUnknownSchema(definition, value, reading) ?? []
  if (!Array.isArray(value)) return value
  // What is ignored is no value, which a list drops.
  return value.map((uri) => (typeof uri === 'string' ? ignoreUnknownSchema(definition, uri, reading) : uri))
}
