/** Finds the id behind a bulkId; `undefined` while it has none. */
export type FindId = (bulkId: string) => string | undefined

const wholeReference = /^bulkId:(.+)$/s
const trailingReference = /\/bulkId:([^/]+)$/
/** The last group is empty where no quote closes the text: going on to its end keeps the search linear. */
const quotedReference = /"bulkId:((?:[^"\\]|\\.)+)("|\\?$)/gs

/**
 * Lists the bulkIds that a value refers to: whole strings, and the last segment of URIs.
 *
 * @param value Data of an operation, or a part of it.
 * @param found Set to add to.
 * @returns The set.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.7.2
 */
export function listReferences(value: unknown, found: Set<string> = new Set()): Set<string> {
  if (typeof value === 'string') {
    if (!value.includes('bulkId:')) return found
    const name = (wholeReference.exec(value) ?? trailingReference.exec(value))?.[1]
    if (name !== undefined) found.add(name)
    else for (const [, quoted = '', end] of value.matchAll(quotedReference)) if (end === '"') found.add(unquote(quoted))
  } else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) listReferences(part, found)
  }
  return found
}

/**
 * Puts ids in the place of the bulkIds that a value refers to, also within the filter of a PATCH path.
 *
 * @param value Data of an operation, or a part of it.
 * @param findId Ids of the resources that were created.
 * @returns The value with ids; what has no id stays as it is.
 */
export function resolveReferences(value: unknown, findId: FindId): unknown {
  if (typeof value === 'string') return resolveText(value, findId)
  if (Array.isArray(value)) return value.map((element) => resolveReferences(element, findId))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, resolveReferences(part, findId)]))
}

function resolveText(text: string, findId: FindId): string {
  if (!text.includes('bulkId:')) return text
  const whole = wholeReference.exec(text)?.[1]
  if (whole !== undefined) return findId(whole) ?? text
  return text
    .replace(trailingReference, (given, name: string) => {
      const id = findId(name)
      return id === undefined ? given : `/${encodeURIComponent(id)}`
    })
    .replace(quotedReference, (given, quoted: string, end: string) => {
      const id = end === '"' ? findId(unquote(quoted)) : undefined
      return id === undefined ? given : JSON.stringify(id)
    })
}

function unquote(quoted: string): string {
  try {
    return String(JSON.parse(`"${quoted}"`))
  } catch {
    return quoted
  }
}
