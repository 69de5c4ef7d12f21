import type { AttributeTarget, ResourceDefinition } from './resource-definition.js'
import { foldCase } from '../text/fold-case.js'
import { subAttributeIndex } from '../schema/schema-definition.js'

/**
 * An attribute path in parts, as the filter and path parsers give it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.10
 */
export interface AttributePath {
  /** Text before the last colon, as it was written. */
  readonly urn?: string | undefined
  readonly name: string
  readonly subAttribute?: string | undefined
}

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
 * Splits the text of an attribute path: at its last colon, then at the first dot behind it, since URNs hold both.
 *
 * @param text `userName`, `name.givenName`, `urn:…:User:manager.value` or a bare URN.
 * @returns The parts; nothing is looked up or checked.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.10
 */
export function splitAttributePath(text: string): AttributePath {
  const colon = text.lastIndexOf(':')
  const rest = text.slice(colon + 1)
  const dot = rest.indexOf('.')
  return {
    ...(colon > 0 && { urn: text.slice(0, colon) }),
    name: dot < 0 ? rest : rest.slice(0, dot),
    ...(dot >= 0 && { subAttribute: rest.slice(dot + 1) }),
  }
}

/**
 * Reads a path that has a dot between the URN of a schema and an attribute, as some providers write it. URNs hold dots
 * themselves, so the longest one that is known counts.
 *
 * @param urns URNs of the schemas that are known.
 * @param path Text of a path, such as `urn:…:enterprise:2.0:User.manager.displayName`.
 * @returns The path with a colon behind the URN; `undefined` when no dot stands there.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.10
 */
export function readUrnDot(urns: readonly string[], path: string): string | undefined {
  let end = 0
  for (const urn of urns) {
    const isWhole = ':.'.includes(path.charAt(urn.length))
    if (isWhole && urn.length > end && foldCase(path.slice(0, urn.length)) === foldCase(urn)) end = urn.length
  }
  return end > 0 && path[end] === '.' ? `${path.slice(0, end)}:${path.slice(end + 1)}` : undefined
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
