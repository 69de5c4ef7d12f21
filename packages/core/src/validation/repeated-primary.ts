import { isPartOf } from '../schema/attribute-rules.js'
import type { Attribute } from '../schema/attribute.js'

type Members = Readonly<Record<string, unknown>>

/**
 * Names the multi-valued attributes whose elements may be primary.
 *
 * @param attributes Attributes of a schema.
 * @returns Names of those that a request may write and that have a boolean `primary`.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.4
 */
export function primaryAttributes(attributes: readonly Attribute[]): readonly string[] {
  return attributes
    .filter((attribute) => attribute.multiValued && isPartOf(attribute, 'input'))
    .filter(({ subAttributes }) => subAttributes?.some(({ name, type }) => name === 'primary' && type === 'boolean'))
    .map(({ name }) => name)
}

/**
 * Finds the attributes with more than one primary element.
 *
 * @param resource Checked resource, or container of an extension.
 * @param names Attributes to look at.
 * @returns Names of the attributes at fault.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.4
 */
export function findRepeatedPrimary(resource: Members, names: readonly string[]): readonly string[] {
  return names.filter((name) => {
    const elements = resource[name]
    return Array.isArray(elements) && elements.length > 1 && countPrimary(elements) > 1
  })
}

function countPrimary(elements: readonly { readonly primary?: unknown }[]): number {
  let count = 0
  for (const element of elements) if (element.primary === true) count++
  return count
}
