import {
  type Attribute,
  type AttributeIndex,
  foldCase,
  isUnassigned,
  type ResourceDefinition,
} from '@scimkit/core/schema'
import { listOf } from './change-value.js'
import { patchError } from './patch-error.js'
import { isMembers, type Members, readMember } from './write-member.js'

/**
 * Checks that what a PATCH request changed has all that is required below it: sub-attributes of complex values, and
 * attributes of extensions that came into use. It is done after the last operation, since a value may be built by
 * several.
 *
 * @param definition Definition of the resource.
 * @param before Resource before the request.
 * @param after Resource after the last operation.
 * @throws {ScimError} 400 `invalidValue` that names what is missing; `mutability` when a required extension is gone.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-7
 */
export function checkRequired(definition: ResourceDefinition, before: Members, after: Members): void {
  checkChanged(definition.schema.index, before, after, '')
  for (const { extension, required } of definition.extensions) {
    const { urn, schema } = extension
    const was = readMember(before, urn)
    const container = readMember(after, urn)
    if (container === was) continue
    if (isMembers(container)) {
      checkMembers(schema.attributes, container, `${urn}:`)
      checkChanged(schema.index, was, container, `${urn}:`)
    } else if (required) {
      throw patchError('mutability', `${urn} is required and cannot be removed`)
    }
  }
}

function checkChanged(index: AttributeIndex, before: unknown, after: Members, prefix: string): void {
  for (const name of Object.keys(after)) {
    const value = readMember(after, name)
    if (value === readMember(before, name)) continue
    const { subAttributes } = index.get(foldCase(name)) ?? {}
    if (!subAttributes?.some(isDemanded)) continue
    for (const element of listOf(value)) checkMembers(subAttributes, element, `${prefix}${name}.`)
  }
}

function checkMembers(attributes: readonly Attribute[], members: unknown, prefix: string): void {
  const missing = attributes.find(
    (attribute) => isDemanded(attribute) && isUnassigned(readMember(members, attribute.name)),
  )
  if (missing) throw patchError('invalidValue', `${prefix}${missing.name} is required`)
}

/** A client is never asked for what it cannot write. */
function isDemanded({ required, mutability }: Attribute): boolean {
  return required && mutability !== 'readOnly'
}
