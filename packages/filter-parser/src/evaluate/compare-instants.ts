const dateTime = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(?:(\d*[1-9])0*|0+))?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)?$/

/**
 * Reads an xsd:dateTime. One without a zone is taken as UTC.
 *
 * @param text Date and time, any offset, at most 64 characters as core's `isDateTime` has it.
 * @returns UTC text whose order is the order of instants (the fraction without trailing zeros, no zone), such as
 * `2026-11-24T08:00:00.5`; `undefined` unless the value is a dateTime of the years 0 to 9999.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.3.5
 */
export function readInstant(text: unknown): string | undefined {
  const match = typeof text === 'string' && text.length <= 64 ? dateTime.exec(text) : null
  if (!match) return undefined
  const seconds = match[1] as string // this group takes part in every match
  const milliseconds = Date.parse(seconds + (match[3] ?? 'Z'))
  // Date.parse lets 30 February pass as 2 March.
  if (Number.isNaN(milliseconds) || Number(seconds.slice(8, 10)) > daysOf(seconds)) return undefined
  const utc = new Date(milliseconds).toISOString()
  if (utc.length !== 24) return undefined
  return match[2] ? `${utc.slice(0, 19)}.${match[2]}` : utc.slice(0, 19)
}

/** Days of the month; the calendar repeats every 400 years, and `Date.UTC` takes the years up to 99 for others. */
function daysOf(date: string): number {
  return new Date(Date.UTC(2000 + (Number(date.slice(0, 4)) % 400), Number(date.slice(5, 7)), 0)).getUTCDate()
}

/**
 * Makes the comparison of values with an instant.
 *
 * Values in the form in which servers write dateTimes, UTC with milliseconds, are compared as the texts they are.
 *
 * @param instant What `readInstant` gave for the other side.
 * @returns A function of a value: a negative number, zero or a positive number; NaN unless the value is a dateTime.
 */
export function instantComparison(instant: string): (value: unknown) => number {
  const fraction = instant.slice(20)
  const whole = `${instant.slice(0, 19)}.${fraction.slice(0, 3).padEnd(3, '0')}Z`
  // Behind its milliseconds the instant may have more digits; then no such value is equal, and an equal text is earlier.
  const equal = fraction.length > 3 ? -1 : 0
  return (value) => {
    if (isCanonical(value)) return value === whole ? equal : value < whole ? -1 : 1
    const own = readInstant(value)
    if (own === undefined) return Number.NaN
    return own === instant ? 0 : own < instant ? -1 : 1
  }
}

function isCanonical(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length === 24 &&
    value.charCodeAt(23) === 90 &&
    value.charCodeAt(19) === 46 &&
    value.charCodeAt(10) === 84
  )
}
