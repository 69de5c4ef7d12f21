/** A JSON object as it was parsed. */
export type JsonObject = Readonly<Record<string, unknown>>

/**
 * Tells whether a value is a JSON object.
 *
 * @param value Anything.
 * @returns Whether it is an object; a list is not.
 */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
