/**
 * Tells whether `pr` is true of a value: some text, a number, a boolean, or something of that in a list or object.
 *
 * @param value Value of an attribute.
 * @returns `false` for absent, `null`, `""`, `[]`, `{}` and nestings of these.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2.2
 */
export function isPresent(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false
  if (typeof value !== 'object') return true
  if (Array.isArray(value)) return value.some(isPresent)
  for (const key in value) {
    if (Object.hasOwn(value, key) && isPresent((value as Readonly<Record<string, unknown>>)[key])) return true // an object
  }
  return false
}
