import type { Filter } from '../ast.js'
import { stringifyPath } from '../stringify.js'

const brand = Symbol.for('@scimkit/filter-parser/UntranslatableFilterError')

/** A term of a filter that has no SQL with the columns given. */
export class UntranslatableFilterError extends Error {
  /** The term. */
  readonly filter: Filter
  /** Why it has none; no value of the filter is repeated. */
  readonly reason: string

  /**
   * @param filter The term.
   * @param reason Why it has no SQL.
   */
  constructor(filter: Filter, reason: string) {
    super('path' in filter ? `${stringifyPath(filter.path)}: ${reason}` : reason)
    this.filter = filter
    this.reason = reason
    Object.defineProperty(this, brand, { value: true })
  }

  override get name(): string {
    return 'UntranslatableFilterError'
  }

  /**
   * Tells whether a value is an `UntranslatableFilterError`, also one made by another copy of this package.
   *
   * @param value Anything, usually what a `catch` received.
   * @returns Whether it is one.
   */
  static is(value: unknown): value is UntranslatableFilterError {
    return typeof value === 'object' && value !== null && brand in value
  }
}
