const brand: unique symbol = Symbol.for('@scimkit/filter-parser/FilterSyntaxError')

/**
 * Text that is not a filter, or not a path.
 *
 * `message` shows the place in the source with a caret; the source may hold personal data, so what goes over the wire
 * is `detail`, which never repeats any of it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.12
 */
export class FilterSyntaxError extends Error {
  /** The whole text. */
  declare readonly source: string
  /** 0-based index into `source`, in UTF-16 units; its length when more text was expected. */
  declare readonly position: number
  /** What could stand at `position`, such as `"attribute path"`, `"and"`, `")"`. */
  declare readonly expected: readonly string[]
  /** Keyword of the answer with status 400: `invalidPath` where the fault lies in a path outside its brackets. */
  declare readonly scimType: 'invalidFilter' | 'invalidPath'
  /** Sentence that names the position and what is expected there. */
  declare readonly detail: string

  /**
   * @param source The whole text.
   * @param position 0-based index into it, in UTF-16 units.
   * @param expected What could stand there.
   * @param scimType Keyword of the answer with status 400.
   */
  constructor(
    source: string,
    position: number,
    expected: readonly string[],
    scimType: 'invalidFilter' | 'invalidPath',
  ) {
    const detail = `expected ${expected.join(' or ')} at position ${position}`
    // A window around the place; control characters would move the caret or forge lines of a log.
    const from = Math.max(0, position - 60)
    const shown = source.slice(from, position + 20).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?')
    super(`${detail}\n  ${shown}\n  ${' '.repeat(position - from)}^`)
    Object.assign(this, { source, position, expected, scimType, detail })
  }

  override get name(): string {
    return 'FilterSyntaxError'
  }

  get [brand](): true {
    return true
  }

  /**
   * Tells whether a value is a `FilterSyntaxError`, also one made by another copy of this package.
   *
   * @param value Anything, usually what a `catch` received.
   * @returns Whether it is one.
   */
  static is(value: unknown): value is FilterSyntaxError {
    return (value as { [brand]?: unknown } | null | undefined)?.[brand] === true // whatever it is, it can be asked
  }
}
