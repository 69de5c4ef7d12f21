import { isUnassigned, type SchemaDefinition } from '@scimkit/core/schema'
import { listOf } from './change-value.js'
import { keepsImmutable } from './check-mutability.js'
import { type Draft, writeDraft } from './draft.js'
import { isMembers, readMember, writeMember } from './write-member.js'

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
  const before = readMember(draft.after, extension.id)
  const container = writeMember(isMembers(before) ? before : {}, name, value)
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
    const current = readMember(readMember(draft.after, extension.id), name)
    if (isUnassigned(current) || mutability === 'readOnly') continue
    keepsImmutable(attribute, current, undefined, `${extension.id}:${name}`)
    writeAttribute(draft, extension, name, undefined)
  }
  listExtension(draft, extension.id, !isUnassigned(readMember(draft.after, extension.id)))
}

function listExtension(draft: Draft, urn: string, isUsed: boolean): void {
  const schemas = listOf(readMember(draft.after, 'schemas'))
  if (schemas.includes(urn) === isUsed) return
  const base = schemas.length === 0 ? [draft.definition.schema.id] : schemas
  writeDraft(draft, 'schemas', isUsed ? [...base, urn] : base.filter((uri) => uri !== urn))
}
