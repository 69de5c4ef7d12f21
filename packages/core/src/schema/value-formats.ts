const dateTime =
  /^-?(?:\d{4}|[1-9]\d{4,})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?$/

/** In UTF-16 units: no clock has more digits than these leave to the fraction, 43 of them behind a year of four. */
const longest = 64

/**
 * Tells whether a text is an xsd:dateTime: date and time, a fraction, the zone optional.
 *
 * @param text Value of a `dateTime` attribute.
 * @returns Whether it names an instant that exists; 30 February and a minute 60 do not, midnight as 24:00:00 does. A
 * text of more than 64 units does not: the standard leaves the most digits to the program.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.3.5
 * @see https://www.w3.org/TR/xmlschema11-2/#dateTime
 * @see https://www.w3.org/TR/xmlschema11-2/#partial-implementation
 */
export function isDateTime(text: string): boolean {
  if (text.length > longest || !dateTime.test(text)) return false
  const time = text.indexOf('T')
  const day = text.slice(time - 2, time)
  return day < '29' || Number(day) <= daysIn(Number(text.slice(0, time - 6)), text.slice(time - 5, time - 3))
}

function daysIn(year: number, month: string): number {
  if (month === '02') return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === '04' || month === '06' || month === '09' || month === '11' ? 30 : 31
}

const base64 = /^[A-Za-z0-9+/]*={0,2}$/

/**
 * Tells whether a text is base64 in the standard alphabet; the padding may be missing.
 *
 * @param text Value of a `binary` attribute; the empty text stands for no bytes.
 * @returns Whether it can be decoded; line breaks are not part of the encoding.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.3.6
 * @see https://www.rfc-editor.org/rfc/rfc4648#section-4
 */
export function isBase64(text: string): boolean {
  if (!base64.test(text)) return false
  return text.endsWith('=') ? text.length % 4 === 0 : text.length % 4 !== 1
}

// Characters that no URI holds, and a percent sign without two hex digits behind it. Letters beyond ASCII pass: they
// make an IRI, which is what people type and providers send on.
const notInUris = /[\0-\x20\x7f-\x9f"<>\\^`{|}]|%(?![0-9A-Fa-f]{2})/
const scheme = /^[A-Za-z][A-Za-z0-9+.-]*$/

/**
 * Tells whether a text is an absolute or relative URI.
 *
 * @param text Value of a `reference` attribute; the empty text is a relative reference to the base itself.
 * @returns Whether it has only the characters of a URI and, where a colon comes first, a scheme before it.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.3.7
 * @see https://www.rfc-editor.org/rfc/rfc3986#section-4.1
 */
export function isUriReference(text: string): boolean {
  if (notInUris.test(text)) return false
  const end = text.search(/[:/?#]/)
  return end < 0 || text[end] !== ':' || scheme.test(text.slice(0, end))
}
