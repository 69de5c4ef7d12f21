import { isObject, type JsonObject } from '@scimkit/core/internal'
import type { DataReferences } from './resolve-bulk-ids.js'

/** The data of a POST whose references cannot all be resolved yet. */
export interface SplitData {
  /** What can be created at once. */
  readonly now: JsonObject
  /** Whole attributes that must be written once the references have ids. */
  readonly later: JsonObject
}

/**
 * Parts the data of a new resource where it refers to resources that do not exist yet: attributes with such references
 * come later, and of lists the elements without them come at once.
 *
 * @param data Data of a POST.
 * @param references References of this operation.
 * @param missing bulkIds without an id.
 * @returns Both parts; `later` has complete attributes.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.7.1
 */
export function splitData(data: JsonObject, references: DataReferences, missing: ReadonlySet<string>): SplitData {
  const waits = (part: JsonObject) => [...references.list(part)].some((bulkId) => missing.has(bulkId))
  return splitMembers(data, waits, (name) => references.isContainer(name))
}

function splitMembers(
  data: JsonObject,
  waits: (part: JsonObject) => boolean,
  isContainer: (name: string) => boolean = () => false,
): SplitData {
  const now: Record<string, unknown> = {}
  const later: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(data)) {
    if (!waits({ [name]: value })) {
      now[name] = value
    } else if (isObject(value) && isContainer(name)) {
      // The container of an extension holds attributes of its own.
      const inside = splitMembers(value, (part) => waits({ [name]: part }))
      now[name] = inside.now
      later[name] = inside.later
    } else {
      later[name] = value
      if (Array.isArray(value)) now[name] = value.filter((element) => !waits({ [name]: [element] }))
    }
  }
  return { now, later }
}
