import { isObject, isUnassigned, sameValue, subAttributeIndex } from '@scimkit/core/internal'
import { type Attribute, foldCase } from '@scimkit/core/schema'
import { badRequest } from '../bad-request.js'
import { allows, type Reading } from '../compatibility/reading.js'
import { valueAt } from '../json.js'
import { createElementSearch } from './find-same-element.js'

/**
 * Tells whether an immutable attribute has its value already and is given the same one, which changes nothing. Immutable
 * parts of a singular complex attribute stay with it, so that no way leads around them through their parent.
 *
 * @param attribute Any attribute.
 * @param current Value so far.
 * @param next Value to set; `undefined` unassigns.
 * @param path Path of the attribute, for the error.
 * @returns `false` when the attribute may be written.
 * @throws {ScimError} 400 `mutability` when an immutable attribute has another value.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export function keepsImmutable(attribute: Attribute, current: unknown, next: unknown, path: string): boolean {
  if (isUnassigned(current)) return false
  if (attribute.mutability !== 'immutable') {
    for (const sub of attribute.multiValued ? [] : (attribute.subAttributes ?? [])) {
      keepsImmutable(sub, valueAt(current, sub.name), valueAt(next, sub.name), `${path}.${sub.name}`)
    }
    return false
  }
  if (sameValue(attribute, current, next)) return true
  throw badRequest('mutability', `${path} is immutable and has a value; leave it as it is`)
}

/**
 * Refuses to unassign what must have a value.
 *
 * @param attribute Attribute that would lose its value.
 * @param path Path of the attribute, for the error.
 * @throws {ScimError} 400 `mutability` for a required attribute.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2.2
 */
export function refuseUnassigned(attribute: Attribute, path: string): void {
  if (attribute.required) throw badRequest('mutability', `${path} is required and cannot be removed`)
}

/**
 * Refuses to write a readOnly attribute. Rule `unchangedReadOnly`: the value that it has already is passed over.
 *
 * @param attribute readOnly attribute, or sub-attribute of one.
 * @param current Value so far.
 * @param given Value as it came; `undefined` for `remove`.
 * @param path Path of the attribute, for the error and the note.
 * @param reading Rules and the receiver of notes.
 * @throws {ScimError} 400 `mutability`.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export function refuseReadOnly(
  attribute: Attribute,
  current: unknown,
  given: unknown,
  path: string,
  reading: Reading,
): void {
  const detail = 'a readOnly attribute came with the value it has; it was ignored'
  if (given !== undefined && repeats(attribute, current, given)) {
    if (allows(reading, 'unchangedReadOnly', path, detail)) return
  }
  throw badRequest('mutability', `${path} is readOnly; leave it out`)
}

/**
 * Lists the readOnly parts of a complex value that gives nothing else, so that it is judged as their own paths are. Beside
 * what a client can write they are passed over.
 *
 * @param attribute Complex attribute; of a multi-valued one, the value is one element.
 * @param value Value as it came.
 * @returns The parts with their values; empty when there is something to write, or nothing at all.
 */
export function listReadOnlyAlone(attribute: Attribute, value: unknown): readonly (readonly [Attribute, unknown])[] {
  if (!attribute.subAttributes || !isObject(value)) return []
  const index = subAttributeIndex(attribute)
  const parts: [Attribute, unknown][] = []
  for (const key of Object.keys(value)) {
    const sub = index.get(foldCase(key))
    if (sub?.mutability !== 'readOnly') return []
    if (!isUnassigned(value[key])) parts.push([sub, value[key]])
  }
  return parts
}

/** Whether everything that is given is there already; a client may know less of the value than the server. */
function repeats(attribute: Attribute, current: unknown, given: unknown): boolean {
  if (isUnassigned(given) || !attribute.subAttributes) return sameValue(attribute, current, given)
  if (!attribute.multiValued) return repeatsMembers(attribute, current, given)
  if (!Array.isArray(given) || !Array.isArray(current) || given.length !== current.length) return false
  const find = createElementSearch(attribute, current, given.length)
  return given.every((element) => isObject(element) && find(element)?.contains)
}

function repeatsMembers(attribute: Attribute, current: unknown, given: unknown): boolean {
  const index = subAttributeIndex(attribute)
  if (!isObject(given)) return false
  return Object.keys(given).every((key) => {
    const sub = index.get(foldCase(key))
    return sub !== undefined && (given[key] === null || sameValue(sub, valueAt(current, sub.name), given[key]))
  })
}
