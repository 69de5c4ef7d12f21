import { attributePathOf, isObject, isUnassigned, type JsonObject } from '@scimkit/core/internal'
import { checkResource, type ResourceDefinition } from '@scimkit/core/schema'
import { type Reading, tolerate } from '../compatibility/reading.js'
import { listOf, sameJson, valueAt } from '../json.js'

/**
 * Checks a changed resource by the definition's validator. A change is judged by what it changes: a fault that was there
 * before, because the resource was stored under an earlier schema, and that the request leaves untouched, is accepted.
 *
 * @param definition Definition with validators.
 * @param next Resource as it will be, in schema spelling.
 * @param current Resource as stored.
 * @param reading Rules of a PUT, whose body must have what is required: rule `unchangedRequired` lets it leave out what the
 * stored resource lacks as well. Absent for PATCH, which names only what changes.
 * @throws {ScimError} 400 `invalidValue` that names the first attribute at fault.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5
 */
export function checkChange(
  definition: ResourceDefinition,
  next: JsonObject,
  current: JsonObject,
  reading?: Reading,
): void {
  const lists = new ChangedLists()
  checkResource(definition, next, 'replace', ({ path = [] }) => {
    const steps = path.map((step) => (typeof step === 'object' ? step.key : step))
    if (!lists.isUntouched(next, current, steps)) return false
    if (!reading || !isMissing(readAt(next, steps))) return true
    const detail = 'a required attribute was left out, which the stored resource lacks as well'
    return tolerate(reading, { rule: 'unchangedRequired', path: attributePathOf(path), detail })
  })
}

type Steps = readonly PropertyKey[]

/** How often the elements of a list have each value at a path below them. */
type Tally = ReadonlyMap<string, number>

/** Judges single faults; what concerns a list as a whole is counted once for all faults in it. */
class ChangedLists {
  readonly #tallies = new Map<string, readonly [Tally, Tally]>()

  /** An element has no name, so a fault in a list is old as long as no more elements have it than before. */
  isUntouched(next: JsonObject, current: JsonObject, steps: Steps): boolean {
    const position = steps.findIndex((step) => typeof step === 'number')
    if (position < 0) return sameAt(next, current, steps)
    const toList = steps.slice(0, position)
    const below = upToList(steps.slice(position + 1))
    const key = JSON.stringify([toList, below])
    const tallies = this.#tallies.get(key) ?? [
      countValues(listOf(readAt(current, toList)), below),
      countValues(listOf(readAt(next, toList)), below),
    ]
    this.#tallies.set(key, tallies)
    const value = valueKey(readAt(next, steps.slice(0, position + 1)), below)
    const [before = 0, after = 0] = tallies.map((tally) => tally.get(value))
    return after <= before
  }
}

function sameAt(next: unknown, current: unknown, [step, ...rest]: Steps): boolean {
  if (step === undefined) return sameJson(next, current) || (isUnassigned(next) && isUnassigned(current))
  // What is missing below a value that is new was not missing before.
  if (!isObject(next) || !isObject(current)) return false
  return sameAt(valueAt(next, String(step)), valueAt(current, String(step)), rest)
}

function upToList(steps: Steps): Steps {
  const inner = steps.findIndex((step) => typeof step === 'number')
  return inner < 0 ? steps : steps.slice(0, inner)
}

function countValues(elements: readonly unknown[], below: Steps): Tally {
  const counts = new Map<string, number>()
  for (const element of elements) {
    const key = valueKey(element, below)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

function valueKey(element: unknown, below: Steps): string {
  const value = readAt(element, below)
  return isUnassigned(value) ? '' : JSON.stringify(value)
}

function readAt(value: unknown, steps: Steps): unknown {
  return steps.reduce<unknown>((inside, step) => {
    return typeof step === 'number' ? listOf(inside)[step] : valueAt(inside, String(step))
  }, value)
}

function isMissing(value: unknown): boolean {
  return value === '' || isUnassigned(value)
}
