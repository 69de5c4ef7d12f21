import { urns } from '@scimkit/core/documents'
import { isObject } from '@scimkit/core/internal'
import type { SchemaChange } from './diff-schemas.js'

/** Members that tell nothing of what the service provider can do. */
const ignored = ['schemas', 'id', 'meta', 'documentationUri', '$schema']

/**
 * Compares what two service providers say they can do. Files often come without such a document, so nothing is said
 * unless both sources have one.
 *
 * @param before ServiceProviderConfig documents of the one source.
 * @param after Those of the other.
 * @returns One change for each differing value, with its path, such as `bulk.maxOperations`.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-5
 */
export function diffConfigs(before: readonly object[], after: readonly object[]): readonly SchemaChange[] {
  const [old, now] = [before[0], after[0]]
  if (!old || !now) return []
  const [left, right] = [listValues(old), listValues(now)]
  return [...new Set([...left.keys(), ...right.keys()])]
    .filter((path) => left.get(path) !== right.get(path))
    .map((path) => ({
      kind: !left.has(path) ? 'added' : right.has(path) ? 'changed' : 'removed',
      schema: urns.serviceProviderConfig,
      path,
      ...(left.has(path) && right.has(path) && { before: left.get(path), after: right.get(path) }),
    }))
}

/** Simple values by path; of a list what its elements are called, since their order means nothing. */
function listValues(document: object): ReadonlyMap<string, unknown> {
  const values = new Map<string, unknown>()
  for (const [name, value] of Object.entries(document)) {
    if (ignored.includes(name)) continue
    if (Array.isArray(value)) values.set(name, value.map(nameOf).sort().join(', '))
    else if (isObject(value)) {
      for (const [inner, leaf] of listValues(value)) values.set(`${name}.${inner}`, leaf)
    } else values.set(name, value)
  }
  return values
}

function nameOf(element: unknown): string {
  if (!isObject(element)) return String(element)
  const { type, name } = element
  return String(type ?? name ?? JSON.stringify(element))
}
