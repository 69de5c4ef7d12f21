import { type Attribute, isUnassigned, type ResourceDefinition } from '@scimkit/core/schema'
import { listOf } from './change-value.js'
import { patchError } from './patch-error.js'
import { type Members, readMember } from './write-member.js'

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
  checkSubAttributes(definition.schema.attributes, before, after, '')
  for (const { extension } of definition.extensions) {
    const container = readMember(after, extension.urn)
    if (container === undefined || container === readMember(before, extension.urn)) continue
    const { attributes } = extension.schema
    checkMembers(attributes, container, `${extension.urn}:`)
    checkSubAttributes(attributes, readMember(before, extension.urn), container, `${extension.urn}:`)
  }
}

function checkSubAttributes(attributes: readonly Attribute[], before: unknown, after: unknown, prefix: string): void {
  for (const { name, subAttributes } of attributes) {
    const value = readMember(after, name)
    if (!subAttributes?.some(isDemanded) || value === readMember(before, name)) continue
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
