import { isObject, isUnassigned } from '@scimkit/core/internal'
import type { PatchOperation, ResourceDefinition, SchemaDefinition } from '@scimkit/core/schema'
import { badRequest } from '../bad-request.js'
import { readSchemaUri, refuseRepeated } from '../compatibility/read-schemas.js'
import type { Reading } from '../compatibility/reading.js'
import { listOf, valueAt, withValueAt } from '../json.js'
import { changeAttribute } from './change-attribute.js'
import { keepsImmutable } from './check-mutability.js'
import type { AttributePlace, PatchContext } from './patch-context.js'
import type { AttributeSelection } from './select-target.js'

/**
 * Applies an operation to `schemas`. URIs are brought into their registered spelling. The base schema cannot go; an
 * extension that is removed by name goes with its attributes, one that a new list merely leaves out stays while it
 * has any.
 *
 * @param context Resource while it changes, and how the request is read.
 * @param selection Selection of `schemas`.
 * @param operation Operation with its value as it came.
 * @throws {ScimError} 400 `mutability` for the base schema, `invalidSyntax` for an unknown URI.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-3
 */
export function changeSchemas(context: PatchContext, selection: AttributeSelection, operation: PatchOperation): void {
  const { definition } = context
  const value = registeredUris(definition, operation.value, context)
  const before = listOf(valueAt(context.after, 'schemas'))
  const changed = listOf(changeAttribute(selection, { ...operation, value }, context))
  const { id } = definition.schema
  if (before.includes(id) && !changed.includes(id)) throw badRequest('mutability', `schemas must hold ${id}`)
  const dropped = definition.extensions
    .map(({ extension }) => extension.schema)
    .filter(({ id: urn }) => before.includes(urn) && !changed.includes(urn))
  const removes = operation.op === 'remove'
  const used = removes
    ? []
    : dropped.map(({ id: urn }) => urn).filter((urn) => !isUnassigned(valueAt(context.after, urn)))
  const after = [...changed, ...used]
  context.write('schemas', after)
  if (removes) for (const extension of dropped) removeExtension(context, extension)
}

function registeredUris(definition: ResourceDefinition, value: unknown, reading: Reading): unknown {
  if (typeof value === 'string') return readSchemaUri(definition, value, reading) ?? []
  if (!Array.isArray(value)) return value
  refuseRepeated(value, reading)
  // What is ignored is not a value, so a list drops it.
  return value.map((uri) => (typeof uri === 'string' ? readSchemaUri(definition, uri, reading) : uri))
}

/**
 * Writes an attribute of the resource, and keeps `schemas` true: an extension is listed when it gets its first
 * attribute, and goes with its container when it loses the last one.
 *
 * @param context Resource while it changes.
 * @param place Attribute, at the root or in the container of an extension.
 * @param value New value, `undefined` to unassign; the same reference as before writes nothing.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export function writeAttribute(context: PatchContext, place: AttributePlace, value: unknown): void {
  if (value === context.read(place)) return
  const { extension, attribute } = place
  if (!extension) {
    context.write(attribute.name, value)
    return
  }
  const before = valueAt(context.after, extension.id)
  const container = withValueAt(isObject(before) ? before : {}, attribute.name, value)
  const isEmpty = value === undefined && isUnassigned(container)
  context.write(extension.id, isEmpty ? undefined : container)
  listExtension(context, extension.id, !isEmpty)
}

/**
 * Removes the container of an extension with all that a client may remove.
 *
 * @param context Resource while it changes, and how the request is read.
 * @param extension Extension to remove.
 * @throws {ScimError} 400 `mutability` when it holds immutable values.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2.2
 */
export function removeExtension(context: PatchContext, extension: SchemaDefinition): void {
  for (const attribute of extension.attributes) {
    const { name, mutability } = attribute
    const place = { extension, attribute, path: `${extension.id}:${name}` }
    const current = context.read(place)
    if (isUnassigned(current) || mutability === 'readOnly') continue
    keepsImmutable(place, current, undefined)
    writeAttribute(context, place, undefined)
  }
  listExtension(context, extension.id, !isUnassigned(valueAt(context.after, extension.id)))
}

function listExtension(context: PatchContext, urn: string, isUsed: boolean): void {
  const schemas = listOf(valueAt(context.after, 'schemas'))
  if (schemas.includes(urn) === isUsed) return
  const base = schemas.length === 0 ? [context.definition.schema.id] : schemas
  context.write('schemas', isUsed ? [...base, urn] : base.filter((uri) => uri !== urn))
}
