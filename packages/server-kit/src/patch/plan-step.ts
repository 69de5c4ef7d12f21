import type { PatchOperation, ScimError } from '@scimkit/core/schema'
import type { Reading } from '../compatibility/reading.js'
import { listOf } from './change-value.js'
import type { GivenMember, MembershipStep } from './membership-step.js'
import { patchError } from './patch-error.js'
import { type Change, readChange } from './read-change.js'
import { readMemberIds } from './read-member-ids.js'
import type { ElementFilter } from './select-elements.js'
import type { AttributeSelection } from './select-target.js'
import { isMembers, type Members } from './write-member.js'

/**
 * Turns an operation on `members` into writes to the membership relation.
 *
 * @param selection Selection of `members`, with or without filter and sub-attribute.
 * @param operation Operation with its value as it came.
 * @param reading Rules and the receiver of notes.
 * @returns The steps; none when the operation changes nothing.
 * @throws {ScimError} 400 `invalidValue` for a member without id, `mutability` for altering one in place.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export function planStep(
  selection: AttributeSelection,
  operation: PatchOperation,
  reading: Reading,
): readonly MembershipStep[] {
  const { attribute, filter, subAttribute, path } = selection
  if (!filter) {
    if (subAttribute) throw alteredInPlace(path)
    const change = readChange(operation, { attribute, isElement: false, path }, reading)
    checkEveryElement(operation, change, path)
    return change ? planWhole(change, path) : []
  }
  if (!subAttribute && !reading.rules.elementTargets) {
    throw patchError('invalidPath', `${path} must end in a sub-attribute`)
  }
  const change = readChange(
    operation,
    { attribute: subAttribute ?? attribute, isElement: !subAttribute, path },
    reading,
  )
  if (!change) return []
  if (change.kind !== 'add' && change.kind !== 'replace') {
    if (subAttribute) throw alteredInPlace(path)
    return planRemoval(filter, reading)
  }
  const given = subAttribute ? { [subAttribute.name]: change.value } : change.value
  return [planEdit(filter, change.kind, given as Members, selection, reading)] // an element is complex
}

/** What is read leaves out elements without any value; among members they are a fault. */
function checkEveryElement({ op, value }: PatchOperation, change: Change | undefined, path: string): void {
  if (op === 'remove') return // what names nobody removes nobody
  const read = change && 'value' in change ? listOf(change.value) : []
  if (read.length < listOf(value).length)
    throw patchError('invalidValue', `${path}: each element needs the id as its value`)
}

function planWhole(change: Change, path: string): readonly MembershipStep[] {
  if (change.kind === 'remove') return [{ kind: 'removeAll' }]
  const members = listOf(change.value).map((element) => toGivenMember(element, path))
  if (change.kind !== 'removeElements') return [{ kind: change.kind, members }]
  return members.length === 0 ? [] : [{ kind: 'remove', ids: members.map((member) => member.value) }]
}

function toGivenMember(element: unknown, path: string): GivenMember {
  if (isMembers(element) && typeof element.value === 'string' && element.value !== '') {
    return element as Members & GivenMember // its members are coerced by the schema of `members`
  }
  throw patchError('invalidValue', `${path}: each element needs the id as its value`)
}

function planRemoval({ filter }: ElementFilter, { rules }: Reading): readonly MembershipStep[] {
  const ids = readMemberIds(filter)
  const removal: MembershipStep = ids ? { kind: 'remove', ids } : { kind: 'removeWhere', filter }
  return rules.absentRemoval ? [removal] : [{ kind: 'require', filter, ids }, removal]
}

/**
 * Through a filter, `add` makes the member that the filter names unless it is there. Everything else that a filter can
 * reach is immutable, so it gives a first `display`, repeats what is known, or is refused.
 */
function planEdit(
  { filter }: ElementFilter,
  op: 'add' | 'replace',
  given: Members,
  { subAttribute, path }: AttributeSelection,
  { rules }: Reading,
): MembershipStep {
  const ids = readMemberIds(filter)
  const id = ids?.length === 1 ? ids[0] : undefined
  const repeats = Object.keys(given).length === 0 || (id !== undefined && given.value === id)
  const describes = repeats || (!subAttribute && given.value === undefined)
  if (op === 'add' && id && describes && rules.createOnUnmatchedFilter) {
    return { kind: 'add', members: [{ ...given, value: id }] }
  }
  const { display } = given
  if (id !== undefined && typeof display === 'string' && Object.keys(given).length === 1) {
    return { kind: 'name', filter, ids: [id], member: { value: id, display }, refusal: alteredInPlace(path) }
  }
  const refusal: ScimError | undefined = repeats ? undefined : alteredInPlace(path)
  return { kind: 'require', filter, ids, refusal }
}

function alteredInPlace(path: string): ScimError {
  return patchError('mutability', `${path}: a member cannot be altered; remove it and add another`)
}
