import { listReferences } from './bulk-references.js'

type Members = Readonly<Record<string, unknown>>

/** The data of a POST whose references cannot all be resolved yet. */
export interface SplitData {
  /** What can be created at once. */
  readonly now: Members
  /** Whole attributes that must be written once the references have ids. */
  readonly later: Members
}

/**
 * Parts the data of a new resource where it refers to resources that do not exist yet: attributes with such references
 * come later, and of lists the elements without them come at once.
 *
 * @param data Data of a POST.
 * @param missing bulkIds without an id.
 * @returns Both parts; `later` has complete attributes.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.7.1
 */
export function splitData(data: Members, missing: ReadonlySet<string>): SplitData {
  const now: Record<string, unknown> = {}
  const later: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(data)) {
    if (!refersTo(value, missing)) {
      now[name] = value
    } else if (name.includes(':') && isObject(value)) {
      // The container of an extension holds attributes of its own.
      const inside = splitData(value, missing)
      now[name] = inside.now
      later[name] = inside.later
    } else {
      later[name] = value
      if (Array.isArray(value)) now[name] = value.filter((element) => !refersTo(element, missing))
    }
  }
  return { now, later }
}

function refersTo(value: unknown, missing: ReadonlySet<string>): boolean {
  return [...listReferences(value)].some((bulkId) => missing.has(bulkId))
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
