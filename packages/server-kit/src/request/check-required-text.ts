import { type Attribute, type ResourceDefinition, ScimError } from '@scimkit/core/schema'

type Members = Readonly<Record<string, unknown>>

/**
 * Checks that no required text is empty: a `userName` of no characters identifies nobody.
 *
 * @param definition Definition whose schemas name the attributes.
 * @param resource Resource in schema spelling, its values already of their types.
 * @throws {ScimError} 400 `invalidValue` that names the attribute.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-4.1.1
 */
export function checkRequiredText(definition: ResourceDefinition, resource: Members): void {
  checkMembers(definition.schema.attributes, resource, '')
  for (const { extension } of definition.extensions) {
    const container = resource[extension.urn]
    if (typeof container === 'object' && container !== null) {
      checkMembers(extension.schema.attributes, container as Members, `${extension.urn}:`) // a container is an object
    }
  }
}

function checkMembers(attributes: readonly Attribute[], members: Members, prefix: string): void {
  for (const { name, required, type } of attributes) {
    if (required && type === 'string' && members[name] === '') {
      throw new ScimError(400, `${prefix}${name} is required and must not be empty`, { scimType: 'invalidValue' })
    }
  }
}
