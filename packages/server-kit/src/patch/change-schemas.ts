import { isUnassigned, type PatchOperation, type ResourceDefinition } from '@scimkit/core/schema'
import { ignoreUnknownSchema } from '../compatibility/ignore-unknown-schema.js'
import { refuseRepeated } from '../compatibility/read-schemas.js'
import type { Reading } from '../compatibility/reading.js'
import { changeAttribute } from './change-attribute.js'
import { listOf } from './change-value.js'
import { type Draft, writeDraft } from './draft.js'
import { patchError } from './patch-error.js'
import type { AttributeSelection } from './select-target.js'
import { removeExtension } from './write-attribute.js'
import { readMember } from './write-member.js'

/**
 * Applies an operation to `schemas`. URIs are brought into their registered spelling. The base schema cannot go; an
 * extension that is removed by name goes with its attributes, one that a new list merely leaves out stays while it
 * has any.
 *
 * @param draft Resource to change.
 * @param selection Selection of `schemas`.
 * @param operation Operation with its value as it came.
 * @throws {ScimError} 400 `mutability` for the base schema, `invalidSyntax` for an unknown URI.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-3
 */
export function changeSchemas(draft: Draft, selection: AttributeSelection, operation: PatchOperation): void {
  const { definition } = draft
  const current = readMember(draft.after, 'schemas')
  const value = registeredUris(definition, operation.value, draft)
  const before = listOf(current)
  const changed = listOf(changeAttribute(selection, current, { ...operation, value }, draft))
  const { id } = definition.schema
  if (before.includes(id) && !changed.includes(id)) throw patchError('mutability', `schemas must hold ${id}`)
  const dropped = definition.extensions
    .map(({ extension }) => extension.schema)
    .filter(({ id: urn }) => before.includes(urn) && !changed.includes(urn))
  const removes = operation.op === 'remove'
  const used = removes
    ? []
    : dropped.map(({ id: urn }) => urn).filter((urn) => !isUnassigned(readMember(draft.after, urn)))
  const after = [...changed, ...used]
  writeDraft(draft, 'schemas', after)
  if (removes) for (const extension of dropped) removeExtension(draft, extension)
}

function registeredUris(definition: ResourceDefinition, value: unknown, reading: Reading): unknown {
  if (typeof value === 'string') return ignoreUnknownSchema(definition, value, reading) ?? []
  if (!Array.isArray(value)) return value
  refuseRepeated(value, reading)
  // What is ignored is no value, which a list drops.
  return value.map((uri) => (typeof uri === 'string' ? ignoreUnknownSchema(definition, uri, reading) : uri))
}
