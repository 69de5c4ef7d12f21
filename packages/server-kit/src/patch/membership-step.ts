import { isObject, type JsonObject } from '@scimkit/core/internal'
import type { PatchOperation, ScimError } from '@scimkit/core/schema'
import type { Filter } from '@scimkit/filter-parser'
import { badRequest } from '../bad-request.js'
import type { Reading } from '../compatibility/reading.js'
import { listOf } from '../json.js'
import { type Change, readChange } from './read-change.js'
import type { ElementFilter } from './select-elements.js'
import type { AttributeSelection } from './select-target.js'
import { createsDescribed, requiresPresent } from './unmatched-filter.js'

/** A member as a client names it; whether it exists, and of what type it is, the server finds out. */
export interface MemberReference {
  /** Id of the member resource; never empty. */
  readonly value: string
  readonly type?: string | undefined
  readonly display?: string | undefined
  readonly $ref?: string | undefined
}

/**
 * One write to the members of a group; steps are done in their order.
 *
 * `require` writes nothing: when no member matches, the response is 400 `noTarget`; when one does and there is a
 * `refusal`, that is the response, since a member cannot be altered in place.
 */
export type MembershipStep =
  | { readonly kind: 'add'; readonly members: readonly MemberReference[] }
  | { readonly kind: 'remove'; readonly ids: readonly string[] }
  | { readonly kind: 'replace'; readonly members: readonly MemberReference[] }
  | { readonly kind: 'removeAll' }
  | { readonly kind: 'removeWhere'; readonly filter: Filter }
  | {
      /** Gives a member that is there its `display`; `refusal` is the response when it has another. */
      readonly kind: 'name'
      readonly filter: Filter
      readonly ids: readonly string[]
      readonly member: MemberReference
      readonly refusal: ScimError
    }
  | {
      readonly kind: 'require'
      /** Names are bare sub-attributes of `members`. */
      readonly filter: Filter
      /** The ids that the filter names, where it does nothing else. */
      readonly ids?: readonly string[] | undefined
      readonly refusal?: ScimError | undefined
    }

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
export function planSteps(
  selection: AttributeSelection,
  operation: PatchOperation,
  reading: Reading,
): readonly MembershipStep[] {
  const { attribute, filter, subAttribute, path } = selection
  const isElement = filter !== undefined && !subAttribute
  if (!filter && subAttribute) throw alteredInPlace(path)
  const change = readChange(operation, { attribute: subAttribute ?? attribute, isElement, path }, reading)
  if (!filter) return planWhole(operation, change, path)
  if (!change) return []
  if (change.kind === 'add' || change.kind === 'replace') return [planEdit({ ...selection, filter }, change, reading)]
  if (subAttribute) throw alteredInPlace(path)
  return planRemoval(filter, reading)
}

function planWhole(operation: PatchOperation, change: Change | undefined, path: string): readonly MembershipStep[] {
  checkEveryElement(operation, change, path)
  if (!change) return []
  if (change.kind === 'remove') return [{ kind: 'removeAll' }]
  const members = listOf(change.value).map((element) => toMemberReference(element, path))
  if (change.kind !== 'removeElements') return [{ kind: change.kind, members }]
  return members.length === 0 ? [] : [{ kind: 'remove', ids: members.map((member) => member.value) }]
}

/** What is read leaves out elements without any value; among members they are a fault. */
function checkEveryElement({ op, value }: PatchOperation, change: Change | undefined, path: string): void {
  if (op === 'remove') return // an element that names no member removes none
  const read = change && 'value' in change ? listOf(change.value) : []
  if (read.length < listOf(value).length) throw withoutId(path)
}

function toMemberReference(element: unknown, path: string): MemberReference {
  if (isObject(element) && typeof element.value === 'string' && element.value !== '') {
    return element as JsonObject & MemberReference // coerced by the schema of `members`
  }
  throw withoutId(path)
}

function planRemoval({ filter }: ElementFilter, reading: Reading): readonly MembershipStep[] {
  const ids = readMemberIds(filter)
  const removal: MembershipStep = ids ? { kind: 'remove', ids } : { kind: 'removeWhere', filter }
  return requiresPresent(reading) ? [{ kind: 'require', filter, ids }, removal] : [removal]
}

/**
 * Through a filter, `add` makes the member that the filter names unless it is there. Everything else that a filter can
 * reach is immutable, so it gives a first `display`, repeats what is known, or is refused.
 */
function planEdit(
  { filter: { filter }, subAttribute, path }: AttributeSelection & { readonly filter: ElementFilter },
  { kind, value }: Extract<Change, { kind: 'add' | 'replace' }>,
  reading: Reading,
): MembershipStep {
  const given = (subAttribute ? { [subAttribute.name]: value } : value) as JsonObject // an element is complex
  const ids = readMemberIds(filter)
  const id = ids?.length === 1 ? ids[0] : undefined
  const repeats = Object.keys(given).length === 0 || (id !== undefined && given.value === id)
  const describes = repeats || (!subAttribute && given.value === undefined)
  if (kind === 'add' && id && describes && createsDescribed(reading)) {
    return { kind: 'add', members: [{ ...given, value: id }] }
  }
  const { display } = given
  if (id !== undefined && typeof display === 'string' && Object.keys(given).length === 1) {
    return { kind: 'name', filter, ids: [id], member: { value: id, display }, refusal: alteredInPlace(path) }
  }
  const refusal: ScimError | undefined = repeats ? undefined : alteredInPlace(path)
  return { kind: 'require', filter, ids, refusal }
}

function withoutId(path: string): ScimError {
  return badRequest('invalidValue', `${path}: each element needs the id as its value`)
}

function alteredInPlace(path: string): ScimError {
  return badRequest('mutability', `${path}: a member cannot be altered; remove it and add another`)
}

/**
 * Reads the ids that a filter on `members` names, where it does nothing but name them.
 *
 * @param filter Filter in brackets.
 * @returns The ids of `value eq "a" or value eq "b"`; `undefined` for any other filter.
 */
export function readMemberIds(filter: Filter): readonly string[] | undefined {
  if (filter.kind === 'or') {
    const ids = filter.filters.map(readMemberIds)
    return ids.every((found) => found !== undefined) ? [...new Set(ids.flat())] : undefined
  }
  if (filter.kind !== 'comparison' || filter.operator !== 'eq' || typeof filter.value !== 'string') return undefined
  return filter.path.name.toLowerCase() === 'value' ? [filter.value] : undefined
}
