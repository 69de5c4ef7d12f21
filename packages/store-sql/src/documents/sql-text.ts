/** NUL, lone surrogates, and the mark itself. */
const odd = /[\0\uffff\ud800-\udfff]/gu
const hasOdd = /[\0\uffff\ud800-\udfff]/u
const marked = /\uffff([0-9a-f]{4})/g

/**
 * Writes text so that SQLite keeps every code unit of it: NUL ends a text for some drivers, and lone surrogates have no
 * UTF-8. Different texts stay different, and nearly all stay as they are.
 *
 * @param text Any text.
 * @returns Text to bind to a statement.
 */
export function toSqlText(text: string): string {
  if (!hasOdd.test(text)) return text
  return text.replace(odd, (unit) => `\uffff${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/**
 * Reads back what {@link toSqlText} wrote.
 *
 * @param text Text from a row.
 * @returns The text as it was.
 */
export function fromSqlText(text: string): string {
  return text.includes('\uffff')
    ? text.replace(marked, (_, unit) => String.fromCharCode(Number.parseInt(unit, 16)))
    : text
}
