import { type Attribute, foldCase, type ResourceDefinition } from '@scimkit/core/schema'
import type { StoredResource } from '../store.js'

/** An attribute whose values no two resources of a type may share. */
export interface UniqueAttribute {
  /** As errors name it, such as `userName`. */
  readonly path: string
  /**
   * @param resource Any resource of the type.
   * @returns The values in the form in which they are compared.
   */
  readonly valuesOf: (resource: StoredResource) => readonly string[]
  /**
   * @param value Any value of the attribute.
   * @returns The form in which it is compared.
   */
  readonly keyOf: (value: unknown) => string
}

/**
 * Finds the attributes with uniqueness `server` or `global`; `id` is left out, since it is the key itself.
 *
 * @param definition Definition whose schemas say what is unique.
 * @returns The attributes, those of extensions and sub-attributes included.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-7
 */
export function findUniqueAttributes(definition: ResourceDefinition): readonly UniqueAttribute[] {
  const base = findIn(definition.schema.attributes, [])
  return [
    ...base,
    ...definition.extensions.flatMap(({ extension }) => findIn(extension.schema.attributes, [extension.urn])),
  ]
}

function findIn(attributes: readonly Attribute[], container: readonly string[]): UniqueAttribute[] {
  return attributes.flatMap((attribute) => {
    if (container.length === 0 && attribute.name === 'id') return []
    const steps = [...container, attribute.name]
    const inside = attribute.subAttributes?.filter(isUnique).map((sub) => toUnique(sub, [...steps, sub.name])) ?? []
    return isUnique(attribute) && attribute.type !== 'complex' ? [toUnique(attribute, steps), ...inside] : inside
  })
}

function isUnique(attribute: Attribute): boolean {
  return attribute.uniqueness !== 'none' && attribute.returned !== 'never'
}

function toUnique(attribute: Attribute, steps: readonly string[]): UniqueAttribute {
  const keyOf = (value: unknown): string =>
    typeof value === 'string' ? `s${attribute.caseExact ? value : foldCase(value)}` : `v${String(value)}`
  const [first = ''] = steps
  const path = steps.length > 1 && first.includes(':') ? `${first}:${steps.slice(1).join('.')}` : steps.join('.')
  return { path, keyOf, valuesOf: (resource) => valuesAt(resource, steps, 0).map(keyOf) }
}

function valuesAt(value: unknown, steps: readonly string[], depth: number): unknown[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) return value.flatMap((element) => valuesAt(element, steps, depth))
  const step = steps[depth]
  if (step === undefined) return [value]
  if (typeof value !== 'object' || !Object.hasOwn(value, step)) return []
  return valuesAt((value as Readonly<Record<string, unknown>>)[step], steps, depth + 1)
}
