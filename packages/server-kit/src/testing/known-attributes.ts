import { findAttribute, type ResourceDefinition } from '@scimkit/core/schema'

/**
 * Leaves out what a definition does not have.
 *
 * @param definition Definition of the attributes.
 * @param attributes Attributes, those of extensions in their containers.
 * @returns Those that the definition has, to the last sub-attribute.
 */
export function cut(definition: ResourceDefinition, attributes: object): Readonly<Record<string, unknown>> {
  const keep = (value: unknown, prefix: string): unknown => {
    if (Array.isArray(value)) return value.map((element) => keep(element, prefix))
    if (typeof value !== 'object' || value === null) return value
    const members = Object.entries(value).filter(([name]) => findAttribute(definition, prefix + name))
    return Object.fromEntries(members.map(([name, inner]) => [name, keep(inner, `${prefix}${name}.`)]))
  }
  const urnsOf = definition.extensions.map(({ extension }) => extension.urn)
  const entries = Object.entries(attributes).flatMap(([name, value]) => {
    if (urnsOf.includes(name)) return [[name, keep(value, `${name}:`)] as const]
    return !name.includes(':') && findAttribute(definition, name) ? [[name, keep(value, `${name}.`)] as const] : []
  })
  return Object.fromEntries(entries.filter(([, value]) => JSON.stringify(value) !== '{}'))
}

/**
 * Tells whether a test has to be left out.
 *
 * @param definition Definition of what a test writes.
 * @param path Attribute that the test cannot do without.
 * @returns Why it is left out; `undefined` when it is not.
 */
export function lacking(definition: ResourceDefinition, path: string): string | undefined {
  return findAttribute(definition, path) ? undefined : `${path} is not an attribute of ${definition.name}`
}
