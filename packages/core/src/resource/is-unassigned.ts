/**
 * Tells whether a value is one of the forms of "no value": absent, `null`, an empty list, an object of such values.
 *
 * @param value Value of an attribute.
 * @returns Whether the attribute is unassigned; an empty string is a value.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.5
 */
export function isUnassigned(value: unknown): boolean {
  if (value === undefined || value === null) return true
  if (typeof value !== 'object') return false
  if (Array.isArray(value)) return value.length === 0
  return Object.values(value).every(isUnassigned)
}
