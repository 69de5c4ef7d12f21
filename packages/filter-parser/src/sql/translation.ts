import type { Filter } from '../ast.js'
import type { SqlFragment } from './sql-fragment.js'
import { UntranslatableFilterError } from './untranslatable-filter-error.js'

/** SQL that the filter implies, and what it leaves to test; without SQL nothing is known, without rest all is said. */
export interface Translation {
  readonly sql?: SqlFragment | undefined
  readonly remaining?: Filter | undefined
}

/** SQL of a comparison. A string instead says why there is none. */
export type Translated = { readonly sql: SqlFragment; readonly exact: boolean } | string

/**
 * Leaves a part of the filter to the caller.
 *
 * @param filter The part.
 * @param options `partial`, without which nothing may be left.
 * @param reason Why it has no SQL.
 * @returns The part as what remains.
 * @throws {UntranslatableFilterError} When nothing may be left.
 */
export function untranslatable(
  filter: Filter,
  options: { readonly partial?: boolean | undefined },
  reason: string,
): Translation {
  if (options.partial) return { remaining: filter }
  throw new UntranslatableFilterError(filter, reason)
}
