const dateTime =
  /^-?(?<year>\d{4}|[1-9]\d{4,})-(?<month>\d\d)-(?<day>\d\d)T(?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)(?<fraction>\.\d+)?(?<zone>Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?$/

/**
 * Tells whether a text is an xsd:dateTime: date and time, any number of fraction digits, the zone optional.
 *
 * @param text Value of a `dateTime` attribute.
 * @returns Whether it names an instant that exists; 30 February and a minute 60 do not, midnight as 24:00:00 does.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.3.5
 * @see https://www.w3.org/TR/xmlschema11-2/#dateTime
 */
export function isDateTime(text: string): boolean {
  const parts = dateTime.exec(text)?.groups
  if (!parts) return false
  const { hour, minute, second, fraction } = parts
  return (
    isDate(Number(parts.year), Number(parts.month), Number(parts.day)) && isTime(`${hour}${minute}${second}`, fraction)
  )
}

function isDate(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return leap ? 29 : 28
}

/** Digits compare as text; midnight may be written as the end of the day. */
function isTime(digits: string, fraction: string | undefined): boolean {
  if (digits === '240000') return !/[1-9]/.test(fraction ?? '')
  return digits < '240000' && digits.slice(2, 4) < '60' && digits.slice(4) < '60'
}
