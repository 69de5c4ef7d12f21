import { type Attribute, isUnassigned } from '@scimkit/core/schema'
import type { CompatibilityRules } from '../compatibility/resolve-compatibility.js'
import { onceEach } from '../request/remove-duplicates.js'
import { addElements } from './add-elements.js'
import { keepsImmutable, refuseUnassigned } from './check-mutability.js'
import { createElementSearch, createElementTest } from './find-same-element.js'
import { keepPrimary } from './keep-primary.js'
import { mergeMembers, replaceMembers } from './merge-members.js'
import type { Change } from './read-change.js'
import { sameJson } from './same-json.js'
import { isMembers, readMember, writeMember } from './write-member.js'

/**
 * Changes the whole value of an attribute or sub-attribute.
 *
 * @param attribute Attribute of the value.
 * @param current Value so far; `undefined` when there is none.
 * @param change What shall happen.
 * @param path Path of the value, for errors.
 * @param rules Rules that hold.
 * @returns The new value; the same reference when nothing changed, `undefined` when it is unassigned.
 * @throws {ScimError} 400 `mutability` when it is immutable and has another value, or required and would lose it.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export function changeValue(
  attribute: Attribute,
  current: unknown,
  change: Change,
  path: string,
  rules: CompatibilityRules,
): unknown {
  const next = attribute.multiValued
    ? changeList(attribute, current, change, path)
    : changeSingular(attribute, current, change, path, rules)
  return settleValue(attribute, current, next, path)
}

/**
 * Changes a sub-attribute of a complex value.
 *
 * @param sub The sub-attribute.
 * @param holder Complex value; `undefined` when there is none.
 * @param change What shall happen.
 * @param path Path of the sub-attribute, for errors.
 * @param rules Rules that hold.
 * @returns The changed copy; the same reference when nothing changed, `undefined` when nothing is left.
 * @throws {ScimError} As `changeValue`.
 */
export function changeMember(
  sub: Attribute,
  holder: unknown,
  change: Change,
  path: string,
  rules: CompatibilityRules,
): unknown {
  const before = readMember(holder, sub.name)
  const after = changeValue(sub, before, change, path, rules)
  if (after === before) return holder
  const changed = writeMember(isMembers(holder) ? holder : {}, sub.name, after)
  return after === undefined && isUnassigned(changed) ? undefined : changed
}

/**
 * Checks that an attribute may change from one value to another.
 *
 * @param attribute Attribute of the values.
 * @param current Value so far.
 * @param next Value as it shall be; `undefined` unassigns.
 * @param path Path of the value, for errors.
 * @returns The value that the attribute has from now on.
 * @throws {ScimError} 400 `mutability` when it is immutable and has another value, or required and would lose it.
 */
export function settleValue(attribute: Attribute, current: unknown, next: unknown, path: string): unknown {
  if (sameJson(next, current) || keepsImmutable(attribute, current, next, path)) return current
  if (next === undefined) refuseUnassigned(attribute, path)
  return next
}

/**
 * Reads the value of a multi-valued attribute.
 *
 * @param value Value as it is stored.
 * @returns The list; empty when the attribute is unassigned.
 */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}

function changeSingular(
  attribute: Attribute,
  current: unknown,
  change: Change,
  path: string,
  rules: CompatibilityRules,
): unknown {
  const { value } = change
  if (!isMembers(value)) return value // no value unassigns
  if (change.kind === 'add' || rules.mergeOnReplace) return mergeMembers(attribute, current, value, path)
  return replaceMembers(attribute, current, value, path)
}

function changeList(attribute: Attribute, current: unknown, change: Change, path: string): unknown {
  if (change.kind === 'remove') return undefined
  const before = listOf(current)
  // Of two primaries in one operation the last wins, before they are compared with what is there.
  const sent = listOf(change.value)
  const given = keepPrimary([], change.kind === 'replace' ? onceEach(sent) : sent)
  const after = changeElementsOf(attribute, before, change.kind, given, path)
  return after.length === 0 ? undefined : after
}

function changeElementsOf(
  attribute: Attribute,
  before: readonly unknown[],
  kind: 'add' | 'replace' | 'removeElements',
  given: readonly unknown[],
  path: string,
): readonly unknown[] {
  switch (kind) {
    case 'add':
      return keepPrimary(before, addElements(attribute, before, given, path))
    case 'replace':
      // The new value is what was sent, as in a PUT: what differs in case alone is another element.
      return keepPrimary([], onceEach(keepKnown(attribute, before, given, path)))
    case 'removeElements': {
      const goes = createElementTest(attribute, given)
      return before.filter((element) => !goes(element))
    }
  }
}

/** An element that was there before keeps what a client cannot write or alter in place. */
function keepKnown(
  attribute: Attribute,
  before: readonly unknown[],
  given: readonly unknown[],
  path: string,
): readonly unknown[] {
  const find = createElementSearch(attribute, before, given.length)
  return given.map((element) => {
    const same = find(element)
    return same && isMembers(element) ? replaceMembers(attribute, before[same.position], element, path) : element
  })
}
