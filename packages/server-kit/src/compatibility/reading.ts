import type { CompatibilityRule } from '@scimkit/core/schema'
import type { CompatibilityRules } from './resolve-compatibility.js'

/** Tells that a request was read by a rule beyond the RFC's letter, so that nothing is guessed in silence. */
export interface Note {
  readonly rule: CompatibilityRule
  /** Attribute path or member of the message that was read so. */
  readonly path?: string | undefined
  /** What came and how it was read; a sentence for people, without the values of attributes. */
  readonly detail: string
}

/** Receives notes while a request is read. */
export type OnNote = (note: Note) => void

/** Receives notes where nobody wants them. */
export function ignoreNote(): void {}

/** How a request is read: which rules hold, and who is told when one of them was needed. */
export interface Reading {
  readonly rules: CompatibilityRules
  readonly onNote: OnNote
  /** Finds the id behind the URL of a resource of this service provider, of one of these types; empty for any other text. */
  readonly findId?: ((reference: string, types?: readonly string[]) => string) | undefined
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
