import { type Attribute, type ResourceDefinition, ScimError } from '@scimkit/core/schema'

type Members = Readonly<Record<string, unknown>>

/**
 * Checks what a value alone cannot show: a required text is not empty, and at most one element of a list is primary.
 *
 * @param definition Definition whose schemas name the attributes.
 * @param resource Resource in schema spelling, its values already of their types.
 * @throws {ScimError} 400 `invalidValue` that names the attribute.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.4
 */
export function checkValues(definition: ResourceDefinition, resource: Members): void {
  checkMembers(definition.schema.attributes, resource, '')
  for (const { extension } of definition.extensions) {
    const container = resource[extension.urn]
    if (isObject(container)) checkMembers(extension.schema.attributes, container, `${extension.urn}:`)
  }
}

function checkMembers(attributes: readonly Attribute[], members: Members, prefix: string): void {
  for (const attribute of attributes) {
    const value = members[attribute.name]
    if (value === undefined) continue
    if (attribute.required && attribute.type === 'string' && value === '') {
      throw invalidValue(`${prefix}${attribute.name} is required and must not be empty`)
    }
    if (attribute.multiValued && Array.isArray(value)) checkPrimary(value, `${prefix}${attribute.name}`)
  }
}

function checkPrimary(elements: readonly unknown[], path: string): void {
  const primaries = elements.filter((element) => isObject(element) && element.primary === true)
  if (primaries.length > 1) throw invalidValue(`${path} has more than one primary element`)
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function invalidValue(detail: string): ScimError {
  return new ScimError(400, detail, { scimType: 'invalidValue' })
}
