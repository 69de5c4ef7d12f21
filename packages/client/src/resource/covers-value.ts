import { isUnassigned, type JsonObject, sameElement } from '@scimkit/core/internal'
import type { Attribute, ResourceDefinition } from '@scimkit/core/schema'

/** Whether a resource shows what was written: it does, it does not, or it never shows such values. */
export type Verdict = 'yes' | 'no' | 'hidden'

/**
 * Tells whether a resource shows all that was written. What the server adds does not count: it fills in `$ref`,
 * `display` and defaults.
 *
 * @param definition Definition of the resource.
 * @param written Body of a write.
 * @param shown The resource as it is read.
 * @returns `yes` also when parts are hidden, since they can only be believed.
 */
export function coversResource(definition: ResourceDefinition, written: unknown, shown: unknown): Verdict {
  const wanted = written as JsonObject // a body that was sent
  const actual = shown as JsonObject // a resource that was received
  const verdicts = definition.schema.attributes.map((attribute) =>
    coversValue(attribute, wanted[attribute.name], actual[attribute.name]),
  )
  verdicts.push(wanted.externalId == null || wanted.externalId === actual.externalId ? 'yes' : 'no')
  for (const { extension } of definition.extensions) {
    const container = (wanted[extension.urn] ?? {}) as JsonObject
    const holder = (actual[extension.urn] ?? {}) as JsonObject
    for (const attribute of extension.schema.attributes) {
      verdicts.push(coversValue(attribute, container[attribute.name], holder[attribute.name]))
    }
  }
  return verdicts.includes('no') ? 'no' : 'yes'
}

/**
 * Tells whether an attribute shows a value that was written to it.
 *
 * @param attribute The attribute.
 * @param wanted What was written; no value is shown by no value.
 * @param actual What is read.
 * @returns The verdict.
 */
export function coversValue(attribute: Attribute, wanted: unknown, actual: unknown): Verdict {
  if (attribute.mutability === 'readOnly') return 'yes'
  if (attribute.returned === 'never' || attribute.mutability === 'writeOnly') {
    return wanted === undefined ? 'yes' : 'hidden'
  }
  if (isUnassigned(wanted) || isUnassigned(actual)) return isUnassigned(wanted) && isUnassigned(actual) ? 'yes' : 'no'
  if (!attribute.multiValued) return coversElement(attribute, wanted, actual) ? 'yes' : 'no'
  const elements = listOf(actual)
  const values = listOf(wanted)
  if (elements.length !== values.length) return 'no'
  return coversElements(attribute, values, elements) ? 'yes' : 'no'
}

/**
 * @param attribute A multi-valued attribute.
 * @param values Elements that were written.
 * @param elements Elements that are read.
 * @returns Whether each of the first is among the second.
 */
export function coversElements(
  attribute: Attribute,
  values: readonly unknown[],
  elements: readonly unknown[],
): boolean {
  return values.every((value) => elements.some((element) => coversElement(attribute, value, element)))
}

/**
 * @param attribute An attribute.
 * @param wanted One element of it, or the value of a singular one.
 * @param actual The element that is read.
 * @returns Whether it has all that was written; it may have more.
 */
export function coversElement(attribute: Attribute, wanted: unknown, actual: unknown): boolean {
  if (attribute.type !== 'complex') return sameElement(attribute, wanted, actual)
  if (typeof wanted !== 'object' || typeof actual !== 'object' || wanted === null || actual === null) return false
  return (attribute.subAttributes ?? []).every((sub) => {
    const given = (wanted as JsonObject)[sub.name]
    return given === undefined || coversValue(sub, given, (actual as JsonObject)[sub.name]) === 'yes'
  })
}

/**
 * @param value A list, one element, or nothing.
 * @returns The elements.
 */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}
