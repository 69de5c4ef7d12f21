import { nearestName } from '@scimkit/core/internal'

/**
 * Refuses options that do not exist: a misspelt one would silently do nothing.
 *
 * @param owner What accepts the options, and where they are in them, such as `createScimHandler: limits.`.
 * @param options Options as they were given; what is `undefined` is ignored.
 * @param known Names that exist.
 * @throws {TypeError} That names the first that does not, and the nearest that does.
 */
export function checkNames(owner: string, options: object, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new TypeError(`${owner.replace(/(?:: |\.)$/, '')} takes an object of options`)
  }
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || known.includes(name)) continue
    const near = nearestName(name, known)
    const wayOut = near === undefined ? `the options are ${known.join(', ')}` : `did you mean ${near}?`
    throw new TypeError(`${owner}${name} is not an option; ${wayOut}`)
  }
}
