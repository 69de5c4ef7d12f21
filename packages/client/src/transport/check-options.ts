import type { JsonObject } from '@scimkit/core/internal'

/**
 * Refuses options that do not exist, by name: a misspelt one would silently do nothing.
 *
 * @param owner What accepts the options, such as `createScimClient`.
 * @param options Options as they were given.
 * @param known Names that exist.
 * @throws {TypeError} When there is another one, unless it is `undefined`.
 */
export function refuseUnknown(owner: string, options: object, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null) throw new TypeError(`${owner} takes options as an object`)
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || known.includes(name)) continue
    const near = known.find((candidate) => candidate.toLowerCase() === name.toLowerCase())
    const wayOut = near ? `did you mean ${near}?` : `there are ${known.join(', ')}`
    throw new TypeError(`${owner} has no option ${name}; ${wayOut}`)
  }
}

/**
 * Refuses a value; the sentence shows it and the way out.
 *
 * @param name Name of the option, which holds no credential.
 * @param value Value that was given.
 * @param wanted What to give instead.
 */
export function refuseValue(name: string, value: unknown, wanted: string): never {
  const shown =
    typeof value === 'string' ? JSON.stringify(value) : Object(value) === value ? 'an object' : String(value)
  throw new TypeError(`${name} is ${shown}; give ${wanted}`)
}

/**
 * Refuses values that are not numbers, or too small.
 *
 * @param numbers Values by option; those that are `undefined` are ignored.
 * @param least Smallest value.
 * @throws {TypeError} For the first that is wrong.
 */
export function checkNumbers(numbers: JsonObject, least: number): void {
  for (const [name, value] of Object.entries(numbers)) {
    if (value === undefined || (typeof value === 'number' && value >= least)) continue
    refuseValue(name, value, `a number of at least ${least}`)
  }
}
