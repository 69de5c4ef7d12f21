import { isObject, isUnassigned, sameValue, subAttributeIndex } from '@scimkit/core/internal'
import { type Attribute, foldCase } from '@scimkit/core/schema'
import { badRequest } from '../bad-request.js'
import { type LocatedAttribute, type Reading, tolerate } from '../compatibility/reading.js'
import type { CompatibilityRules } from '../compatibility/resolve-compatibility.js'
import { valueAt } from '../json.js'
import { createElementSearch } from './find-same-element.js'

/**
 * Tells whether an immutable attribute has its value already and is given the same one, which changes nothing. Immutable
 * parts of a singular complex attribute stay with it, so that no way leads around them through their parent.
 *
 * @param located Any attribute with its path.
 * @param current Value so far.
 * @param next Value to set; `undefined` unassigns.
 * @returns `false` when the attribute may be written.
 * @throws {ScimError} 400 `mutability` when an immutable attribute has another value.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export function keepsImmutable({ attribute, path }: LocatedAttribute, current: unknown, next: unknown): boolean {
  if (isUnassigned(current)) return false
  if (attribute.mutability !== 'immutable') {
    for (const sub of attribute.multiValued ? [] : (attribute.subAttributes ?? [])) {
      const part = { attribute: sub, path: `${path}.${sub.name}` }
      keepsImmutable(part, valueAt(current, sub.name), valueAt(next, sub.name))
    }
    return false
  }
  if (sameValue(attribute, current, next)) return true
  throw badRequest('mutability', `${path} is immutable and has a value; leave it as it is`)
}

/**
 * Refuses to unassign what must have a value.
 *
 * @param located Attribute that would lose its value, with its path.
 * @throws {ScimError} 400 `mutability` for a required attribute.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2.2
 */
export function refuseUnassigned({ attribute, path }: LocatedAttribute): void {
  if (attribute.required) throw badRequest('mutability', `${path} is required and cannot be removed`)
}

/**
 * Rule `unchangedReadOnly`: accepts a readOnly attribute with the value that it has, and ignores it.
 *
 * @param located readOnly attribute, or sub-attribute of one, with its path.
 * @param values Value so far, and value as it came; `undefined` for `remove`.
 * @param reading Rules and the receiver of notes.
 * @throws {ScimError} 400 `mutability` for any other value, or where the rule is off.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export function acceptReadOnly(
  { attribute, path }: LocatedAttribute,
  { current, given }: { readonly current: unknown; readonly given: unknown },
  reading: Reading,
): void {
  const detail = 'a readOnly attribute came with the value it has; it was ignored'
  if (given !== undefined && repeats(attribute, current, given)) {
    if (tolerate(reading, { rule: 'unchangedReadOnly', path, detail })) return
  }
  throw badRequest('mutability', `${path} is readOnly; leave it out`)
}

/**
 * Tells whether readOnly attributes that are sent back are compared with what the client was shown.
 *
 * @param rules Rules that hold.
 * @returns Whether rule `unchangedReadOnly` is on; else they are refused whatever their value.
 */
export function comparesReturned({ unchangedReadOnly }: CompatibilityRules): boolean {
  return unchangedReadOnly
}

/**
 * Lists the readOnly parts of a complex value that gives nothing else, so that they are checked as their own paths
 * are. Beside what a client can write they are ignored.
 *
 * @param attribute Complex attribute; for a multi-valued one, the value is one element.
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
