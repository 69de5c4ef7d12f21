import type { CompatibilityRule } from '@scimkit/core/schema'

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
