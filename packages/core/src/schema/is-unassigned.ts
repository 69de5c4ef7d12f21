/**
 * Tells whether a value is one of the forms of "no value": absent, `null`, an empty list, an object of such values.
 * An object that is deeper than any SCIM value counts as a value.
 *
 * @param value Value of an attribute.
 * @returns Whether the attribute is unassigned; an empty string is a value.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.5
 */
export function isUnassigned(value: unknown): boolean {
  return isEmpty(value, deepest)
}

/** Container of an extension, complex attribute, sub-attribute; Schema documents have one level more. */
const deepest = 5

function isEmpty(value: unknown, levels: number): boolean {
  if (value === undefined || value === null) return true
  if (typeof value !== 'object') return false
  if (Array.isArray(value)) return value.length === 0
  return levels > 0 && Object.values(value).every((inside) => isEmpty(inside, levels - 1))
}
