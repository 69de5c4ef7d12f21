const dateTime = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)?$/

/**
 * Reads an xsd:dateTime. One without a zone is taken as UTC.
 *
 * @param text Date and time, any number of fraction digits, any offset.
 * @returns UTC text whose order is the order of instants (the fraction without trailing zeros, no zone), such as
 * `2026-11-24T08:00:00.5`; `undefined` when the value is no dateTime of the years 0 to 9999.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.3.5
 */
export function readInstant(text: unknown): string | undefined {
  const match = typeof text === 'string' ? dateTime.exec(text) : null
  if (!match) return undefined
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '', fraction = '', zone = 'Z'] = match
  const milliseconds = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.000${zone}`)
  // Date.parse lets 30 February pass as 2 March.
  if (Number.isNaN(milliseconds) || Number(day) > daysOf(Number(year), Number(month))) return undefined
  const utc = new Date(milliseconds).toISOString()
  if (utc.length !== 24) return undefined
  const digits = fraction.replace(/0+$/, '')
  return digits ? `${utc.slice(0, 19)}.${digits}` : utc.slice(0, 19)
}

function daysOf(year: number, month: number): number {
  return new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()
}

/**
 * Compares a value with an instant.
 *
 * @param value Value of a dateTime attribute.
 * @param instant What `readInstant` gave for the other side.
 * @returns A negative number, zero or a positive number; NaN when the value is no dateTime.
 */
export function compareInstants(value: unknown, instant: string): number {
  const own = readInstant(value)
  if (own === undefined) return Number.NaN
  return own === instant ? 0 : own < instant ? -1 : 1
}
