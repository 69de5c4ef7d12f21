import type { JsonObject } from '@scimkit/core/internal'
import { onceEach } from '../patch/find-same-element.js'

/**
 * Takes every form of "no value" out of a resource: `null`, empty lists, and complex values without a sub-attribute.
 *
 * @param resource Resource in schema spelling; it is left untouched.
 * @returns The resource without them; the same reference when there were none.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.5
 */
export function removeUnassigned<T extends object>(resource: T): T {
  return (cleanObject(resource as JsonObject) ?? {}) as T // only optional members go
}

function clean(value: unknown): unknown {
  if (value === null) return undefined
  if (typeof value !== 'object') return value
  return Array.isArray(value) ? cleanList(value) : cleanObject(value as JsonObject)
}

function cleanList(elements: readonly unknown[]): readonly unknown[] | undefined {
  for (const element of elements) {
    if (clean(element) !== element) return copyCleanedList(elements)
  }
  return elements.length > 0 ? elements : undefined
}

function copyCleanedList(elements: readonly unknown[]): readonly unknown[] | undefined {
  const cleaned = elements.map(clean).filter((element) => element !== undefined)
  return cleaned.length > 0 ? cleaned : undefined
}

/** Copies only when something goes: most resources have a value for all that they name. */
function cleanObject(members: JsonObject): JsonObject | undefined {
  let any = false
  for (const name in members) {
    const before = members[name]
    if (clean(before) !== before) return copyCleaned(members)
    any = true
  }
  return any ? members : undefined
}

function copyCleaned(members: JsonObject): JsonObject | undefined {
  const cleaned: Record<string, unknown> = {}
  let any = false
  for (const name of Object.keys(members)) {
    const after = clean(members[name])
    if (after === undefined) continue
    cleaned[name] = after
    any = true
  }
  return any ? cleaned : undefined
}

/**
 * Takes elements out of lists that have the value and the type of an earlier one; a response must not show such a pair
 * twice.
 *
 * @param resource Resource in schema spelling, without unassigned attributes; it is left untouched.
 * @returns The resource without them; the same reference when there were none.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.4
 */
export function removeDuplicates(resource: JsonObject): JsonObject {
  let changed: Record<string, unknown> | undefined
  for (const name of Object.keys(resource)) {
    const before = resource[name]
    if (typeof before !== 'object' || before === null) continue
    const after = Array.isArray(before) ? onceEach(before) : removeDuplicates(before as JsonObject) // neither list nor null
    if (after === before) continue
    changed ??= { ...resource }
    changed[name] = after
  }
  return changed ?? resource
}
