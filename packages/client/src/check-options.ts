/**
 * Refuses options that do not exist, by name: a misspelt one would silently do nothing.
 *
 * @param owner What takes the options, such as `createScimClient`.
 * @param options Options as they were given.
 * @param known Names that exist.
 * @throws {TypeError} When there is another one, unless it is `undefined`.
 */
export function refuseUnknown(owner: string, options: object, known: readonly string[]): void {
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || known.includes(name)) continue
    const near = known.find((candidate) => candidate.toLowerCase() === name.toLowerCase())
    throw new TypeError(
      `${owner} has no option ${name}; ${near ? `did you mean ${near}?` : `there are ${known.join(', ')}`}`,
    )
  }
}
