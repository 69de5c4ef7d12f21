import { isObject, isUnassigned } from '@scimkit/core/internal'
import type { PatchOperation, ResourceDefinition, SchemaDefinition } from '@scimkit/core/schema'
import { badRequest } from '../bad-request.js'
import { ignoreUnknownSchema, refuseRepeated } from '../compatibility/read-schemas.js'
import type { Reading } from '../compatibility/reading.js'
import { listOf, valueAt, withValueAt } from '../json.js'
import { changeAttribute } from './change-attribute.js'
import { keepsImmutable } from './mutability.js'
import { type Draft, writeDraft } from './patch-context.js'
import type { AttributeSelection } from './select-target.js'

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
  const current = valueAt(draft.after, 'schemas')
  const value = registeredUris(definition, operation.value, draft)
  const before = listOf(current)
  const changed = listOf(changeAttribute(selection, current, { ...operation, value }, draft))
  const { id } = definition.schema
  if (before.includes(id) && !changed.includes(id)) throw badRequest('mutability', `schemas must hold ${id}`)
  const dropped = definition.extensions
    .map(({ extension }) => extension.schema)
    .filter(({ id: urn }) => before.includes(urn) && !changed.includes(urn))
  const removes = operation.op === 'remove'
  const used = removes
    ? []
    : dropped.map(({ id: urn }) => urn).filter((urn) => !isUnassigned(valueAt(draft.after, urn)))
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

/**
 * Writes an attribute of the resource, and keeps `schemas` true: an extension is listed when it gets its first
 * attribute, and goes with its container when it loses the last one.
 *
 * @param draft Resource to change.
 * @param extension Extension whose container holds the attribute; absent at the root.
 * @param name Name of the attribute in schema spelling.
 * @param value New value; `undefined` unassigns.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export function writeAttribute(
  draft: Draft,
  extension: SchemaDefinition | undefined,
  name: string,
  value: unknown,
): void {
  if (extension) writeInside(draft, extension, name, value)
  else writeDraft(draft, name, value)
}

function writeInside(draft: Draft, extension: SchemaDefinition, name: string, value: unknown): void {
  const before = valueAt(draft.after, extension.id)
  const container = withValueAt(isObject(before) ? before : {}, name, value)
  const isEmpty = value === undefined && isUnassigned(container)
  writeDraft(draft, extension.id, isEmpty ? undefined : container)
  listExtension(draft, extension.id, !isEmpty)
}

/**
 * Removes the container of an extension with all that a client may remove.
 *
 * @param draft Resource to change.
 * @param extension Extension to remove.
 * @throws {ScimError} 400 `mutability` when it holds immutable values.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2.2
 */
export function removeExtension(draft: Draft, extension: SchemaDefinition): void {
  for (const attribute of extension.attributes) {
    const { name, mutability } = attribute
    const current = valueAt(valueAt(draft.after, extension.id), name)
    if (isUnassigned(current) || mutability === 'readOnly') continue
    keepsImmutable(attribute, current, undefined, `${extension.id}:${name}`)
    writeAttribute(draft, extension, name, undefined)
  }
  listExtension(draft, extension.id, !isUnassigned(valueAt(draft.after, extension.id)))
}

function listExtension(draft: Draft, urn: string, isUsed: boolean): void {
  const schemas = listOf(valueAt(draft.after, 'schemas'))
  if (schemas.includes(urn) === isUsed) return
  const base = schemas.length === 0 ? [draft.definition.schema.id] : schemas
  writeDraft(draft, 'schemas', isUsed ? [...base, urn] : base.filter((uri) => uri !== urn))
}
