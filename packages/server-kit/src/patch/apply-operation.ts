import type { PatchOperation, ResourceDefinition } from '@scimkit/core/schema'
import { ignoreUnknownAttribute } from '../compatibility/ignore-unknown-attribute.js'
import type { Reading } from '../compatibility/reading.js'
import { changeAttribute } from './change-attribute.js'
import { changeSchemas } from './change-schemas.js'
import { patchError } from './patch-error.js'
import { rememberTarget } from './remember-target.js'
import { type ExtensionSelection, type PatchTarget, selectInside, selectMember } from './select-target.js'
import { removeExtension, writeAttribute } from './write-attribute.js'
import { isMembers, type Members, readMember } from './write-member.js'

/**
 * Applies one operation of a PATCH request. Without a path, each member of the value is an operation of its own.
 *
 * @param definition Definition of the resource.
 * @param resource Resource so far.
 * @param operation Operation as `readOperation` gives it.
 * @param reading Rules and the receiver of notes.
 * @returns The changed copy; the same reference when nothing changed.
 * @throws {ScimError} 400 with the scimType that says what is wrong.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export function applyOperation(
  definition: ResourceDefinition,
  resource: Members,
  operation: PatchOperation,
  reading: Reading,
): Members {
  const { op, path, value } = operation
  if (path !== undefined) {
    return applyToTarget(definition, resource, rememberTarget(definition, path, reading), operation, reading)
  }
  let next = resource
  for (const [key, member] of Object.entries(value as Members)) {
    // readOperation lets nothing else pass
    next = applyToTarget(definition, next, selectMember(definition, key, reading), { op, value: member }, reading)
  }
  return next
}

function applyToTarget(
  definition: ResourceDefinition,
  resource: Members,
  target: PatchTarget,
  operation: PatchOperation,
  reading: Reading,
): Members {
  if (!target.attribute) return applyToExtension(definition, resource, target, operation, reading)
  const { extension, attribute } = target
  if (!extension && attribute.name === 'schemas') {
    return changeSchemas(definition, resource, target, operation, reading)
  }
  const current = readMember(extension ? readMember(resource, extension.id) : resource, attribute.name)
  const next = changeAttribute(target, current, operation, reading)
  return next === current ? resource : writeAttribute(definition, resource, extension, attribute.name, next)
}

/** The container of an extension is merged as a complex attribute is; its members are attributes with rules of their own. */
function applyToExtension(
  definition: ResourceDefinition,
  resource: Members,
  { extension, path }: ExtensionSelection,
  { op, value }: PatchOperation,
  reading: Reading,
): Members {
  const isNothing = value === null
  if (op === 'remove' || (op === 'replace' && isNothing)) return removeExtension(definition, resource, extension)
  if (isNothing) return resource
  if (!isMembers(value)) throw patchError('invalidValue', `${path} must be an object`)
  let next = resource
  for (const [key, member] of Object.entries(value)) {
    const target = selectInside(definition, extension, key, reading)
    if (target) next = applyToTarget(definition, next, target, { op, value: member }, reading)
    else ignoreUnknownAttribute(`${extension.id}:${key}`, reading)
  }
  return next
}
