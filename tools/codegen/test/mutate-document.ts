type Json = Record<string, unknown>

/** One field of a document: where it lies. */
export interface Field {
  readonly file: string
  readonly path: readonly string[]
}

/**
 * Lists the fields of a document that hold a plain value.
 *
 * @param file File of the document.
 * @param value The document, or a part of it.
 * @param path Path of the part.
 * @returns The fields, in their order.
 */
export function listFields(file: string, value: unknown, path: readonly string[] = []): readonly Field[] {
  if (typeof value !== 'object' || value === null) return [{ file, path }]
  return Object.entries(value).flatMap(([name, member]) => listFields(file, member, [...path, name]))
}

const words: Record<string, readonly string[]> = {
  type: ['string', 'boolean', 'decimal', 'integer', 'dateTime', 'binary', 'reference'],
  mutability: ['readOnly', 'readWrite', 'immutable', 'writeOnly'],
  returned: ['always', 'default', 'request', 'never'],
  uniqueness: ['none', 'server', 'global'],
}

/**
 * Gives a field another value that it could have by a slip of the hand, or deletes it.
 *
 * @param document Document to change.
 * @param path Path of the field.
 * @param remove Whether to delete it, unless it is an element of a list.
 */
export function mutateField(document: Json, path: readonly string[], remove: boolean): void {
  const last = path.at(-1) ?? ''
  const parent = path.slice(0, -1).reduce<Json>((value, name) => value[name] as Json, document) // the path was listed
  const value = parent[last]
  if (remove && !Array.isArray(parent)) delete parent[last]
  else if (typeof value === 'boolean') parent[last] = !value
  else if (typeof value !== 'string') throw new Error(`${path.join('.')} is of no kind that a schema has`)
  else if (words[last]) parent[last] = words[last][(words[last].indexOf(value) + 1) % words[last].length]
  else parent[last] = `${value}x`
}
