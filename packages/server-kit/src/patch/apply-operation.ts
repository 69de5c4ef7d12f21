import type { PatchOperation, SchemaDefinition } from '@scimkit/core/schema'
import { ignoreUnknownAttribute } from '../compatibility/ignore-unknown-attribute.js'
import { changeAttribute } from './change-attribute.js'
import { changeSchemas } from './change-schemas.js'
import type { Draft } from './draft.js'
import { patchError } from './patch-error.js'
import { rememberTarget } from './remember-target.js'
import { selectInside, selectMember } from './select-member.js'
import type { AttributeSelection, ExtensionSelection, PatchTarget } from './select-target.js'
import { removeExtension, writeAttribute } from './write-attribute.js'
import { isMembers, type Members, readMember } from './write-member.js'

/**
 * Applies one operation of a PATCH request. Without a path, each member of the value is an operation of its own.
 *
 * @param draft Resource to change.
 * @param operation Operation as `readOperation` gives it.
 * @throws {ScimError} 400 with the scimType that says what is wrong.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export function applyOperation(draft: Draft, operation: PatchOperation): void {
  const { op, path, value } = operation
  if (path === undefined) {
    const members = value as Members // readOperation lets nothing else pass
    for (const key of Object.keys(members)) {
      const target = selectMember(draft.definition, key, draft)
      if (target) applyToTarget(draft, target, { op, value: members[key] })
      else ignoreUnknownAttribute(key, draft)
    }
  } else {
    applyToTarget(draft, rememberTarget(draft.definition, path, draft), operation)
  }
}

function applyToTarget(draft: Draft, target: PatchTarget, operation: PatchOperation): void {
  const { extension, attribute } = target
  if (!attribute) applyToExtension(draft, target, operation)
  else if (!extension && attribute.name === 'schemas') changeSchemas(draft, target, operation)
  else applyToAttribute(draft, target, operation)
}

function applyToAttribute(draft: Draft, target: AttributeSelection, operation: PatchOperation): void {
  const { extension, attribute } = target
  const current = readMember(extension ? readMember(draft.after, extension.id) : draft.after, attribute.name)
  const next = changeAttribute(target, current, operation, draft)
  if (next !== current) writeAttribute(draft, extension, attribute.name, next)
}

/** The container of an extension is merged as a complex attribute is; its members are attributes with rules of their own. */
function applyToExtension(draft: Draft, { extension, path }: ExtensionSelection, { op, value }: PatchOperation): void {
  if (op === 'remove' || (op === 'replace' && value === null)) removeExtension(draft, extension)
  else if (isMembers(value)) mergeExtension(draft, extension, op, value)
  else if (value !== null) throw patchError('invalidValue', `${path} must be an object`)
}

function mergeExtension(draft: Draft, extension: SchemaDefinition, op: PatchOperation['op'], value: Members): void {
  for (const key of Object.keys(value)) {
    const target = selectInside(draft.definition, extension, key, draft)
    if (target) applyToTarget(draft, target, { op, value: value[key] })
    else ignoreUnknownAttribute(`${extension.id}:${key}`, draft)
  }
}
