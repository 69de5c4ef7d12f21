import type { Attribute, CompatibilityRule } from '@scimkit/core/schema'
import type { CompatibilityRules } from './resolve-compatibility.js'

/** Reports that a request was read by a rule beyond the RFC's letter, so that nothing is guessed in silence. */
export interface Note {
  readonly rule: CompatibilityRule
  /** Attribute path or member of the message that was read so. */
  readonly path?: string | undefined
  /** What came and how it was read; a sentence for people, without the values of attributes. */
  readonly detail: string
}

/** Receives notes while a request is read. */
export type OnNote = (note: Note) => void

/** Drops notes. */
export function ignoreNote(): void {}

/** How a request is read: which rules hold, and what receives a note when one of them was needed. */
export interface Reading {
  readonly rules: CompatibilityRules
  readonly onNote: OnNote
  /** Finds the id behind the URL of one of this service provider's resources of these types; else it is empty. */
  readonly findId?: ((reference: string, types?: readonly string[]) => string) | undefined
}

/** An attribute and where it is. */
export interface LocatedAttribute {
  readonly attribute: Attribute
  /** Path for errors and notes. */
  readonly path: string
}

/**
 * Accepts what came where its rule is on, and reports it.
 *
 * @param reading Rules and the receiver of notes.
 * @param note Rule that would be needed, where, and how what came is read under it.
 * @returns Whether the rule is on.
 */
export function tolerate(reading: Reading, note: Note): boolean {
  if (!reading.rules[note.rule]) return false
  reading.onNote(note)
  return true
}
