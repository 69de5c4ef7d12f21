import type { ResourceDefinition } from '@scimkit/core/schema'
import type { Reading } from '../compatibility/reading.js'
import { type Members, writeMember } from './write-member.js'

/** A resource while a request changes it, with how the request is read. */
export interface Draft extends Reading {
  readonly definition: ResourceDefinition
  /** Resource before the request; never written to. */
  readonly before: Members
  /** Resource so far; a copy as soon as something was written. */
  after: Members
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
  draft.after = writeMember(draft.after, name, value)
  if (!draft.written.includes(name)) draft.written.push(name)
}
