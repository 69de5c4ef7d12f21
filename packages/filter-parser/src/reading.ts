import { FilterSyntaxError } from './filter-syntax-error.js'
import type { LenientRule, ParseOptions } from './parse-options.js'
import { unitAt } from './units.js'

/** A filter or path text and how far it has been read. */
export interface Reading {
  readonly text: string
  readonly options: ParseOptions
  /** Whether blanks may be missing, too many, or tabs. */
  readonly spacing: boolean
  /** 0-based index of the next unit. */
  at: number
  /** Index of a space, or the text's length: the first one behind `at`, unless it is less than `at`. */
  space: number
  /** Keyword of a failure from here on. */
  scimType: 'invalidFilter' | 'invalidPath'
}

/**
 * Begins to read a text.
 *
 * @param text Filter or path.
 * @param options Limit of its length, and lenient readings.
 * @param scimType Keyword of a failure.
 * @returns The reading, at the first unit that counts.
 * @throws {FilterSyntaxError} When the text is longer than the limit.
 */
export function startReading(text: string, options: ParseOptions, scimType: Reading['scimType']): Reading {
  const reading = { text, options, spacing: allows(options, 'spacing'), at: 0, space: -1, scimType }
  const most = options.limits?.length ?? 8192
  if (text.length > most) fail(reading, [`at most ${most} characters`], most)
  skipSpace(reading, 0, 0)
  return reading
}

/** Fails unless everything has been read. */
export function endReading(reading: Reading, expected: readonly string[]): void {
  skipSpace(reading, 0, 0)
  if (reading.at < reading.text.length) fail(reading, expected)
}

/** Throws the error of the place that has been reached, or of another one. */
export function fail({ text, scimType, at }: Reading, expected: readonly string[], position = at): never {
  throw new FilterSyntaxError(text, position, expected, scimType)
}

/** Tells whether a lenient reading is allowed. */
export function allows({ lenient }: ParseOptions, rule: LenientRule): boolean {
  return typeof lenient === 'object' ? lenient[rule] === true : lenient === true
}

/** Reports that a lenient reading was needed. */
export function note({ options, at }: Reading, rule: LenientRule): void {
  options.onNote?.({ rule, position: at })
}

/** Reads blanks: as many as the grammar has at this place, or any number where `spacing` allows it. */
export function skipSpace(reading: Reading, least: number, most: number): void {
  const { text, spacing, at } = reading
  const end = behindBlanks(reading)
  const count = end - at
  if (spacing) {
    if (count < least || count > most || text.slice(at, end).includes('\t')) note(reading, 'spacing')
  } else if (count < least) fail(reading, ['space'], end)
  reading.at = spacing ? end : at + Math.min(count, most)
}

/** The index of the first unit from here on that is no space, nor where they count a tab. */
export function behindBlanks({ text, at, spacing }: Reading): number {
  let end = at
  while (unitAt(text, end) === 32 || (spacing && unitAt(text, end) === 9)) end++
  return end
}

/** Reads the mark that closes a level. */
export function readEnd(reading: Reading, mark: ')' | ']'): void {
  skipSpace(reading, 0, Infinity)
  if (reading.text[reading.at] !== mark) fail(reading, ['and', 'or', mark])
  reading.at++
}

/** Goes one unit ahead and over the blanks behind it. */
export function skipMark(reading: Reading): void {
  reading.at++
  skipSpace(reading, 0, Infinity)
}
