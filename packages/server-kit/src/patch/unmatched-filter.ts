import type { JsonObject } from '@scimkit/core/internal'
import type { ScimError } from '@scimkit/core/schema'
import { badRequest } from '../bad-request.js'
import { type Reading, tolerate } from '../compatibility/reading.js'

/**
 * Rule `createOnUnmatchedFilter`: takes what a filter without a match describes as a new element.
 *
 * @param described Element that the filter describes; absent when the filter is more than `eq` terms joined by `and`.
 * @param path Path with the filter, for the error and the note.
 * @param reading Rules and the receiver of notes.
 * @returns The element that is described.
 * @throws {ScimError} 400 `noTarget` where the rule is off or the filter describes no element.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2.3
 */
export function requireDescribed(described: JsonObject | undefined, path: string, reading: Reading): JsonObject {
  const detail = 'no element was selected; the one that the path describes was created'
  if (described && tolerate(reading, { rule: 'createOnUnmatchedFilter', path, detail })) return described
  throw noTarget(path)
}

/**
 * Tells whether a filter without a match creates what it describes, where the list is not at hand to look.
 *
 * @param reading Rules.
 * @returns Whether rule `createOnUnmatchedFilter` is on.
 */
export function createsDescribed({ rules }: Reading): boolean {
  return rules.createOnUnmatchedFilter
}

/**
 * Rule `absentRemoval`: accepts the removal of what is not there.
 *
 * @param path Path with the filter, for the error and the note.
 * @param reading Rules and the receiver of notes.
 * @throws {ScimError} 400 `noTarget` where the rule is off.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2.2
 */
export function acceptAbsent(path: string, reading: Reading): void {
  const detail = 'no element was selected, so there was nothing to remove'
  if (!tolerate(reading, { rule: 'absentRemoval', path, detail })) throw noTarget(path)
}

/**
 * Tells whether what is removed has to be there, where the list is not at hand to look.
 *
 * @param reading Rules.
 * @returns Whether rule `absentRemoval` is off.
 */
export function requiresPresent({ rules }: Reading): boolean {
  return !rules.absentRemoval
}

/**
 * Makes the error for a filter that selects nothing.
 *
 * @param path Path with the filter.
 * @returns The error, 400 `noTarget`.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.12
 */
export function noTarget(path: string): ScimError {
  return badRequest('noTarget', `${path} selects no element`)
}
