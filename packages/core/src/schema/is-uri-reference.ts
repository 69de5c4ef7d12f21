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
