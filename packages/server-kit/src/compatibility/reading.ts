import type { CompatibilityRule } from '@scimkit/core/schema'
import type { ElementBudget } from '../patch/element-budget.js'
import type { OnNote } from './note.js'
import type { CompatibilityRules } from './resolve-compatibility.js'

/** How a request is read: which rules hold, and who is told when one of them was needed. */
export interface Reading {
  readonly rules: CompatibilityRules
  readonly onNote: OnNote
  /** The resource as the client was shown it, where that is more than what is stored. */
  readonly returned?: object | undefined
  /** Finds the id behind the URL of a resource of this service provider, of one of these types; empty for any other text. */
  readonly findId?: ((reference: string, types?: readonly string[]) => string) | undefined
  /** What is left of the work on lists that a request may ask for. */
  readonly budget?: ElementBudget | undefined
}

/**
 * Asks whether a rule allows what came, and reports it where it does.
 *
 * @param reading Rules and the receiver of notes.
 * @param rule Rule that would be needed.
 * @param path Attribute path or member of the message that is read so.
 * @param detail What came and how it is read under the rule, without the values of attributes.
 * @returns Whether the rule is on.
 */
export function allows(reading: Reading, rule: CompatibilityRule, path: string | undefined, detail: string): boolean {
  if (!reading.rules[rule]) return false
  reading.onNote({ rule, path, detail })
  return true
}
