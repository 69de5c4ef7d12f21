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
