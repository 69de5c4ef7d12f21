import type { ComparisonFilter, PresentFilter } from '../ast.js'

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

/**
 * Tells what a term says of an attribute that has no value: nothing is identical to it, and it is `null`.
 *
 * @param filter Comparison or presence test.
 * @returns Whether it is true.
 */
export function isTrueWithoutValue(filter: ComparisonFilter | PresentFilter): boolean {
  if (filter.kind === 'present') return false
  return filter.value === null ? filter.operator === 'eq' : filter.operator === 'ne'
}
