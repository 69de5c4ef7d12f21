import type { CompatibilityRule } from '@scimkit/core/schema'
import type { Note, OnNote } from './note.js'
import type { CompatibilityRules } from './resolve-compatibility.js'

/** How a request is read: which rules hold, and who is told when one of them was needed. */
export interface Reading {
  readonly rules: CompatibilityRules
  readonly onNote: OnNote
  /** The resource as the client was shown it, where that is more than what is stored. */
  readonly returned?: object | undefined
}

/**
 * Asks whether a rule allows what came, and reports it where it does.
 *
 * @param reading Rules and the receiver of notes.
 * @param rule Rule that would be needed.
 * @param note What came and how it is read under the rule.
 * @returns Whether the rule is on.
 */
export function allows(reading: Reading, rule: CompatibilityRule, note: Omit<Note, 'rule'>): boolean {
  if (!reading.rules[rule]) return false
  reading.onNote({ rule, ...note })
  return true
}
