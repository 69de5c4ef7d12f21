import { isObject, type JsonObject } from '@scimkit/core/internal'
import type { Attribute, ResourceDefinition } from '@scimkit/core/schema'

/**
 * Reduces a body to what a client can write: attributes of the definition that are not readOnly, as the validator does
 * where it finds no fault.
 *
 * @param definition Definition whose schemas say what may be written.
 * @param body Body in schema spelling; values may be of any type.
 * @returns The body without readOnly and unknown attributes.
 */
export function keepWritable(definition: ResourceDefinition, body: JsonObject): JsonObject {
  const kept = keepMembers(definition.schema.attributes, body)
  for (const { extension } of definition.extensions) {
    if (!Object.hasOwn(body, extension.urn)) continue
    const container = body[extension.urn]
    kept[extension.urn] = isObject(container) ? keepMembers(extension.schema.attributes, container) : container
  }
  return kept
}

function keepMembers(attributes: readonly Attribute[], members: JsonObject): Record<string, unknown> {
  const writable = attributes.filter(
    ({ name, mutability }) => mutability !== 'readOnly' && Object.hasOwn(members, name),
  )
  return Object.fromEntries(writable.map(({ name, subAttributes }) => [name, keepValue(subAttributes, members[name])]))
}

function keepValue(subAttributes: readonly Attribute[] | undefined, value: unknown): unknown {
  if (!subAttributes) return value
  if (Array.isArray(value)) return value.map((element) => keepValue(subAttributes, element))
  return isObject(value) ? keepMembers(subAttributes, value) : value
}
