/** An instant in parts that can be compared. */
export interface InstantParts {
  /** Milliseconds since 1970 of the whole second. */
  readonly second: number
  /** Digits of the fraction without zeros at the end; any number of them. */
  readonly digits: string
}

/**
 * Splits a dateTime at its fraction. Without a zone it is taken as UTC.
 *
 * @param text Value of a dateTime attribute.
 * @returns The parts, or `undefined` when the text names no instant.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.3.5
 */
export function splitInstant(text: string): InstantParts | undefined {
  const parts = /^(.*T\d\d:\d\d:\d\d)(?:\.(\d+))?(.*)$/.exec(text)
  if (!parts) return undefined
  const [, time = '', fraction = '', zone = ''] = parts
  const second = Date.parse(`${time}${zone === '' ? 'Z' : zone}`)
  return Number.isNaN(second) ? undefined : { second, digits: fraction.replace(/0+$/, '') }
}
