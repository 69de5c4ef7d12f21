import type { JsonObject } from '@scimkit/core/internal'
import { type ResourceDefinition, ScimError } from '@scimkit/core/schema'
import type { Reading } from '../compatibility/reading.js'
import { withValueAt } from '../json.js'

/** A resource while a request changes it, with how the request is read. */
export interface Draft extends Reading {
  readonly definition: ResourceDefinition
  /** The resource as the client was shown it, where that is more than what is stored. */
  readonly returned?: object | undefined
  /** What is left of the work on lists that a request may ask for. */
  readonly budget: ElementBudget
  /** Resource before the request; never written to. */
  readonly before: JsonObject
  /** Resource so far; a copy as soon as something was written. */
  after: JsonObject
  /** Names of the members that were written, each once, so that nothing else need be looked at in the end. */
  readonly written: string[]
}

/**
 * Writes a member of the resource.
 *
 * @param draft Resource to change.
 * @param name Name of the member: an attribute in schema spelling, or the URN of an extension.
 * @param value New value; `undefined` drops the member.
 */
export function writeDraft(draft: Draft, name: string, value: unknown): void {
  draft.after = withValueAt(draft.after, name, value)
  if (!draft.written.includes(name)) draft.written.push(name)
}

/** Some seconds of work. A thousand operations on a list of 5,000 elements fit in. */
const mostElements = 5_000_000

/**
 * Bounds the work on lists that one request asks for. Each operation, or name that is a path, looks at every element
 * of its list, and a filter at every element once for each of its terms: together they grow with the square of the
 * request, which no limit of its bytes bounds.
 */
export class ElementBudget {
  #left = mostElements

  /**
   * Takes what an operation costs.
   *
   * @param elements Number of elements of the list.
   * @param terms Number of terms of the filter that selects some of them.
   * @throws {ScimError} 413 when the request has looked at too many.
   */
  spend(elements: number, terms = 0): void {
    this.#left -= elements * (1 + terms)
    if (this.#left >= 0) return
    throw new ScimError(413, 'The operations look at too many elements of lists; send fewer of them in one request')
  }
}
