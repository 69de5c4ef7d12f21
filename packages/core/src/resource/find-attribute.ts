import { type AttributePath, splitAttributePath } from '../schema/attribute-path.js'
import { subAttributeIndex } from '../schema/schema-definition.js'
import { foldCase } from '../text/fold-case.js'
import type { AttributeTarget, ResourceDefinition } from './resource-definition.js'

/**
 * Finds what a path leads to, without regard to case.
 *
 * @param definition Definition whose schemas name the attributes.
 * @param path Path in parts or as text; a bare extension URN leads to the extension's container.
 * @returns The target, or `undefined` when no schema of the definition has the attribute.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.10
 */
export function findAttribute(
  definition: ResourceDefinition,
  path: AttributePath | string,
): AttributeTarget | undefined {
  const { urn, name, subAttribute } = typeof path === 'string' ? splitAttributePath(path) : path
  const key = foldCase(urn === undefined ? name : `${urn}:${name}`)
  if (subAttribute === undefined) return definition.index.get(key)
  const parent = definition.index.get(key)
  if (!parent) return findBehindDot(definition, key, foldCase(subAttribute))
  return findInside(parent, foldCase(subAttribute))
}

/** The last segment of a URN may hold a dot, and with it that of an extension within an extension. */
function findBehindDot({ index }: ResourceDefinition, start: string, rest: string): AttributeTarget | undefined {
  const whole = index.get(`${start}.${rest}`)
  const dot = rest.lastIndexOf('.')
  const parent = whole || dot < 0 ? undefined : index.get(`${start}.${rest.slice(0, dot)}`)
  return whole ?? (parent && findInside(parent, rest.slice(dot + 1)))
}

function findInside(parent: AttributeTarget, name: string): AttributeTarget | undefined {
  if (!parent.attribute || parent.subAttribute) return undefined
  const found = subAttributeIndex(parent.attribute).get(name)
  return found && { ...parent, subAttribute: found }
}

/**
 * @param definition Definition of a resource type.
 * @returns URNs of its base schema, its extensions, and the extensions within them.
 */
export function schemaUrns({ schema, extensions }: ResourceDefinition): readonly string[] {
  const inside = extensions.flatMap(({ extension }) => extension.schema.attributes.map(({ name }) => name))
  return [
    schema.id,
    ...extensions.map(({ extension }) => extension.urn),
    ...inside.filter((name) => name.includes(':')),
  ]
}
