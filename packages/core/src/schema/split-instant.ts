/** An instant in parts that can be compared. */
export interface InstantParts {
  /** Milliseconds since 1970 of the whole second. */
  readonly second: number
  /** Digits of the fraction without zeros at the end; any number of them. */
  readonly digits: string
}

/** Years of more than four digits name no instant that `Date` reads. */
const segments = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d*[1-9])?0*)?(.*)/

/**
 * Splits a dateTime at its fraction. Without a zone it is taken as UTC.
 *
 * @param text Value of a dateTime attribute.
 * @returns The parts, or `undefined` when the text names no instant.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.3.5
 */
export function splitInstant(text: string): InstantParts | undefined {
  const parts = segments.exec(text)
  if (!parts) return undefined
  const [, time = '', digits = '', zone = ''] = parts
  const second = Date.parse(`${time}${zone === '' ? 'Z' : zone}`)
  return Number.isNaN(second) ? undefined : { second, digits }
}
