import { ScimError } from '@scimkit/core/schema'

/** The escape of a surrogate: UTF-8 itself has none, so it is the only way for one to come alone. */
const surrogateEscape = /\\u[dD][89a-fA-F]/
const loneSurrogate = /\p{Surrogate}/u

/**
 * Refuses texts with half a character: no UTF-8, database or XML can carry them, and two of them may look the same.
 *
 * @param text JSON text as it came.
 * @param value What it was parsed to.
 * @throws {ScimError} 400 `invalidValue` that names the path of the text.
 * @see https://www.rfc-editor.org/rfc/rfc8259#section-8.2
 */
export function checkWellFormed(text: string, value: unknown): void {
  if (!text.includes('\\u') || !surrogateEscape.test(text)) return
  const path = findLone(value, '')
  if (path === undefined) return
  const where = path === '' ? 'The request body' : path
  throw new ScimError(400, `${where} holds a text with half of a surrogate pair`, { scimType: 'invalidValue' })
}

/** Nesting is bounded before anything is parsed. */
function findLone(value: unknown, path: string): string | undefined {
  if (typeof value === 'string') return loneSurrogate.test(value) ? path : undefined
  if (typeof value !== 'object' || value === null) return undefined
  for (const [name, inner] of Object.entries(value)) {
    if (loneSurrogate.test(name)) return path
    const found = findLone(inner, Array.isArray(value) ? path : path === '' ? name : `${path}.${name}`)
    if (found !== undefined) return found
  }
  return undefined
}
