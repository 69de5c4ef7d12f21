import type { JsonObject } from '@scimkit/core/internal'
import { type Attribute, type ResourceDefinition, type SchemaDefinition, ScimError } from '@scimkit/core/schema'
import type { OnNote, Reading } from '../compatibility/reading.js'
import type { CompatibilityRules } from '../compatibility/resolve-compatibility.js'
import { valueAt, withValueAt } from '../json.js'

/** Where an attribute is in a resource. */
export interface AttributePlace {
  readonly attribute: Attribute
  /** Extension whose container holds the attribute; absent at the root. */
  readonly extension?: SchemaDefinition | undefined
}

/** What a request brings along to change a resource. */
export interface PatchRequest extends Reading {
  readonly definition: ResourceDefinition
  /** Resource before the request; never written to. */
  readonly before: JsonObject
  /** The resource as the client was shown it, where that is more than what is stored. */
  readonly returned?: object | undefined
}

/** A resource while a PATCH request changes it, with how the request is read. */
export class PatchContext implements PatchRequest {
  readonly definition: ResourceDefinition
  readonly rules: CompatibilityRules
  readonly onNote: OnNote
  readonly findId: Reading['findId']
  readonly before: JsonObject
  readonly returned: object | undefined
  readonly budget = new ElementBudget()
  /** Names of the members that were written, each once, so that nothing else need be looked at in the end. */
  readonly written: string[] = []
  #after: JsonObject

  /** @param request Rules, definition and resource. */
  constructor({ definition, rules, onNote, findId, before, returned }: PatchRequest) {
    this.definition = definition
    this.rules = rules
    this.onNote = onNote
    this.findId = findId
    this.before = before
    this.returned = returned
    this.#after = before
  }

  /** Resource so far; a copy as soon as something was written. */
  get after(): JsonObject {
    return this.#after
  }

  /**
   * Reads an attribute of the resource so far.
   *
   * @param place Attribute, at the root or in the container of an extension.
   * @returns The value; `undefined` when it is unassigned.
   */
  read({ extension, attribute }: AttributePlace): unknown {
    return valueAt(extension ? valueAt(this.#after, extension.id) : this.#after, attribute.name)
  }

  /**
   * Reads an attribute as the client was shown it, which may be more than what is stored.
   *
   * @param place Attribute, at the root or in the container of an extension.
   * @returns The value; `undefined` when it is unassigned.
   */
  readShown(place: AttributePlace): unknown {
    if (!this.returned) return this.read(place)
    const { extension, attribute } = place
    return valueAt(extension ? valueAt(this.returned, extension.id) : this.returned, attribute.name)
  }

  /**
   * Writes a member of the resource.
   *
   * @param name Name of the member: an attribute in schema spelling, or the URN of an extension.
   * @param value New value; `undefined` drops the member.
   */
  write(name: string, value: unknown): void {
    this.#after = withValueAt(this.#after, name, value)
    if (!this.written.includes(name)) this.written.push(name)
  }
}

/** Some seconds of work. A thousand operations on a list of 5,000 elements fit in. */
const maxElements = 5_000_000

/**
 * Bounds the work on lists that one request asks for. Each operation, or name that is a path, looks at every element
 * of its list, and a filter at every element once for each of its terms: together they grow with the square of the
 * request, which no limit of its bytes bounds.
 */
export class ElementBudget {
  #left = maxElements

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
